using System.ComponentModel.DataAnnotations;

namespace ChatApp.Inference.Ollama;

/// <summary>The section <c>Gateway:Pulls</c>: the bounds of fetching models.</summary>
public sealed class PullOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway:Pulls";

    /// <summary>Pulls that one gateway lets an engine do at once; more wait.</summary>
    [Range(1, 16, ErrorMessage = "Gateway:Pulls:PerEngine must be between 1 and 16.")]
    public int PerEngine { get; set; } = 2;

    /// <summary>Pulls that may wait for an engine; one more is refused.</summary>
    [Range(0, 100, ErrorMessage = "Gateway:Pulls:MaxWaiting must be between 0 and 100.")]
    public int MaxWaiting { get; set; } = 16;

    /// <summary>How long an engine may tell nothing of a pull before it has failed. There is no bound on the whole.</summary>
    /// <value>5 minutes: a large model is verified in silence.</value>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00", ErrorMessage = "Gateway:Pulls:IdleTimeout must be between 100 milliseconds and 1 hour.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
