using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Moderation;

/// <summary>Section <c>Moderation</c>: how texts are judged. What is done about them is a policy, which administrators change while the service runs.</summary>
internal sealed class ModerationOptions
{
    public const string Section = "Moderation";

    /// <summary>
    /// Characters of an answer that are held back at most, while they may be part of something that a rule is about. With 0 all leaves at
    /// once, and what a rule finds can only be taken back.
    /// </summary>
    /// <value>Defaults to 60.</value>
    [Range(0, 2000)]
    public int HoldBack { get; set; } = 60;

    /// <summary>After how many characters of an answer the detectors that ask somebody else are asked again.</summary>
    /// <value>Defaults to 400.</value>
    [Range(20, 100_000)]
    public int SlowEvery { get; set; } = 400;

    /// <summary>How many characters of an answer they read, the newest.</summary>
    /// <value>Defaults to 4000.</value>
    [Range(100, 100_000)]
    public int SlowWindow { get; set; } = 4000;

    /// <summary>How long one of them may take.</summary>
    /// <value>Defaults to 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:02:00")]
    public TimeSpan DetectorTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a process looks whether a policy was changed.</summary>
    /// <value>Defaults to 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PolicyInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long decisions are kept, with the texts that an approval would give back.</summary>
    /// <value>Defaults to 180 days.</value>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(180);

    /// <summary>What somebody reads who may be about to harm themselves: one or two sentences with the help that there is where your people live.</summary>
    [Required, StringLength(500, MinimumLength = 20)]
    public string HelpNotice { get; set; } =
        "If you are thinking of harming yourself, please talk to somebody now: call the emergency number where you are, or find a helpline at findahelpline.com. You are not alone.";
}
