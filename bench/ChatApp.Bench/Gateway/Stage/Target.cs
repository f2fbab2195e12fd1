using System.Net;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Gateway.Stage;

/// <summary>Something that is asked.</summary>
/// <param name="Id">The word that <c>--only</c> takes.</param>
/// <param name="Name">Its name in the tables.</param>
/// <param name="Address">Where it listens.</param>
/// <param name="Process">Its process; for <see cref="Direct"/> the engine's own.</param>
internal sealed record Target(string Id, string Name, IPEndPoint Address, ClusterProcess Process)
{
    public const string Direct = "direct";
    public const string Gateway = "gateway";
    public const string Yarp = "yarp";
    public const string Nginx = "nginx";
    public const string Portkey = "portkey";

    /// <summary>All of them, in the order of the tables.</summary>
    public static readonly string[] Ids = [Direct, Gateway, Yarp, Nginx, Portkey];

    /// <summary>More header lines that it needs, each with its end.</summary>
    public string Headers { get; init; } = "";

    /// <summary>What has to be known of its figures; null for nothing.</summary>
    public string? Note { get; init; }

    public bool IsDirect => Id == Direct;
}
