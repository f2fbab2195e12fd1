using System.ComponentModel.DataAnnotations;

namespace ChatApp.Inference.Storage;

/// <summary>Where the gateway keeps what must outlive it; used when <c>ConnectionStrings:chatdb</c> is there.</summary>
public sealed class StorageOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway:Storage";

    /// <summary>The schema in the database, which is made when it is missing. Several gateways with the same one share engines, models and budgets.</summary>
    [RegularExpression("^[a-z][a-z0-9_]{0,50}$", ErrorMessage = "Gateway:Storage:Schema must be 1 to 51 lower-case letters, digits and '_', and begin with a letter.")]
    public string Schema { get; set; } = "gateway";

    /// <summary>Connections that one process keeps at most.</summary>
    [Range(2, 100)]
    public int MaxConnections { get; set; } = 10;

    /// <summary>How often a gateway asks whether another one changed the models.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00", ErrorMessage = "Gateway:Storage:PollInterval must be between 50 milliseconds and 1 minute.")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);
}
