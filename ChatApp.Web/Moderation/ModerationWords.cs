using System.Globalization;

namespace ChatApp.Web.Moderation;

/// <summary>The names of the Api, in words. js/chat/moderated.js has the categories too: change both together.</summary>
internal static class ModerationWords
{
    /// <summary>The categories, in the order of the tables.</summary>
    public static readonly string[] Categories = ["sexual", "hate", "violence", "selfHarm", "illegal", Minors];

    /// <summary>How much of a category a text has.</summary>
    public static readonly string[] Levels = ["low", "medium", "high"];

    /// <summary>What can be done, from the least to the most.</summary>
    public static readonly string[] Actions = ["allow", "flag", "redact", "block"];

    /// <summary>The detectors.</summary>
    public static readonly string[] Detectors = ["rules", "classifier", "outside"];

    /// <summary>What no policy can allow.</summary>
    public const string Minors = "minors";

    /// <summary>For whom there is a line of help.</summary>
    public const string SelfHarm = "selfHarm";

    /// <summary>A category within a sentence.</summary>
    public static string Category(string? category) => category switch
    {
        "sexual" => "sexual content",
        "hate" => "hate",
        "violence" => "violence",
        SelfHarm => "self-harm",
        "illegal" => "help with something illegal",
        Minors => "sexual content with minors",
        null or "" => "not judged",
        _ => category,
    };

    /// <summary>A category at the beginning of a line.</summary>
    public static string Title(string? category) => Begin(Category(category));

    /// <summary>Where a text comes from.</summary>
    public static string Source(string source) => source switch
    {
        "message" => "Message",
        "answer" => "Answer",
        "name" => "Name",
        "memory" => "Memory",
        "document" => "Document",
        _ => Begin(source),
    };

    /// <summary>What was done about a text.</summary>
    public static string Action(string action) => action switch
    {
        "flag" => "flagged",
        "redact" => "covered in part",
        "block" => "held back",
        _ => action,
    };

    /// <summary>What became of a decision.</summary>
    public static string Status(string status) => status switch
    {
        "open" => "Not looked at yet",
        "appealed" => "Waiting for a moderator",
        "approved" => "Approved: it was right to say",
        "upheld" => "Upheld",
        "banned" => "Upheld, and banned",
        "noted" => "Noted",
        _ => Begin(status),
    };

    /// <summary>The same, to the person whose text it is.</summary>
    public static string OwnStatus(string status) => status switch
    {
        "open" or "noted" => "",
        "appealed" => "A moderator will look at it again.",
        "approved" => "A moderator looked at it again: it was right to say.",
        "upheld" or "banned" => "A moderator looked at it again: it stays as it is.",
        _ => Begin(status),
    };

    /// <summary>A detector, with what it does.</summary>
    public static (string Name, string Means) Detector(string detector) => detector switch
    {
        "rules" => ("Rules", "Word lists and patterns, in several languages and disguises. At once, and on this server alone."),
        "classifier" => ("Classifier", "A model behind the gateway judges each text. Slower, and sees more; it needs such a model."),
        "outside" => ("Outside service", "Texts are sent to the moderation service in the configuration, which is another company's."),
        _ => (Begin(detector), ""),
    };

    private static string Begin(string text) => text.Length == 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{char.ToUpperInvariant(text[0])}{text[1..]}");
}
