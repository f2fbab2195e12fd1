using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Moderation.Injection;

namespace ChatApp.Api.Prompting;

/// <summary>Section <c>Prompts</c>.</summary>
internal sealed class PromptOptions
{
    public const string Section = "Prompts";

    /// <summary>How long people can look at the prompt of an answer.</summary>
    /// <value>Defaults to 30 days.</value>
    [Range(typeof(TimeSpan), "00:01:00", "3650.00:00:00", ErrorMessage = "'Prompts:Retention' is between a minute and ten years.")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>What becomes of a memory or a snippet that looks like instructions: <c>Mark</c> or <c>LeaveOut</c>.</summary>
    /// <value>Defaults to <c>Mark</c>, for harmless ones look so too.</value>
    public SuspiciousText Suspicious { get; set; }

    /// <summary>Whether system prompts have a mark that no answer may repeat. The small built-in model gets none.</summary>
    /// <value>Defaults to true.</value>
    public bool Canary { get; set; } = true;
}
