using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Tone;

/// <summary>Section <c>Tone</c>: what tells how somebody sounds, for those who let it be read.</summary>
internal sealed class ToneOptions
{
    public const string Section = "Tone";

    /// <summary>A model of the gateway that is asked; none for the rules alone.</summary>
    public string? Model { get; set; }

    /// <summary>How long it may take before the rules decide; the answer waits for it.</summary>
    /// <value>Defaults to 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:00:10")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);
}
