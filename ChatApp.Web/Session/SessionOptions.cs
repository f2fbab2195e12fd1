using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Session;

/// <summary>Settings under <c>Session</c>: how much one process of the site remembers of sessions. The Api decides how long they last.</summary>
internal sealed class SessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Session";

    /// <summary>How many sessions it holds at once, at about 3 KB each; beyond that it lets go of those that were not used for longest.</summary>
    /// <value>20,000.</value>
    [Range(10, 1_000_000)]
    public int MaxSessions { get; set; } = 20_000;

    /// <summary>How long a session that nobody looks at is held. Its cookie holds all that is needed to go on.</summary>
    /// <value>One hour.</value>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan ForgetAfter { get; set; } = TimeSpan.FromHours(1);

    /// <summary>With fewer sessions than this it does not look for some to let go of.</summary>
    internal int PruneFrom => Math.Min(MaxSessions, 1000);
}
