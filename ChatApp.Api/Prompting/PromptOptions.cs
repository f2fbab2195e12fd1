using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Prompting;

/// <summary>Section <c>Prompts</c>.</summary>
internal sealed class PromptOptions
{
    public const string Section = "Prompts";

    /// <summary>How long people can look at the prompt of an answer.</summary>
    /// <value>Defaults to 30 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ErrorMessage = "'Prompts:Retention' is between a minute and ten years.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
}
