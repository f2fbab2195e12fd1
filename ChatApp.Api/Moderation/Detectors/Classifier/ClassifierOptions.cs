using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Moderation.Detectors.Classifier;

/// <summary>Section <c>Moderation:Classifier</c>: a model of the gateway that judges texts where a policy wants it.</summary>
internal sealed class ClassifierOptions
{
    public const string Section = "Moderation:Classifier";

    /// <summary>The gateway's name of the model; without one there is no classifier, and a policy that wants it has no answer.</summary>
    public string? Model { get; set; }

    /// <summary>How long it may take, its place in the queue included.</summary>
    /// <value>Defaults to 5 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Characters of a text that it reads. Of a longer one it reads the parts one after the other, four at most, the first and the last ones.</summary>
    /// <value>Defaults to 4000.</value>
    [Range(200, 100_000)]
    public int MaxCharacters { get; set; } = 4000;
}
