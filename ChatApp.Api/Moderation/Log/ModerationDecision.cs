using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using ChatApp.Api.Moderation.Judging;

namespace ChatApp.Api.Moderation.Log;

/// <summary>A decision as it stands in <c>moderation_log</c>, by the columns' names.</summary>
internal sealed record ModerationDecision
{
    /// <summary>UTF-16 units of a text that moderators see in a list.</summary>
    public const int MaxExcerpt = 300;

    private const int Around = 100;
    private const int MaxRule = 120;

    [JsonPropertyName("id")]
    public Guid Id { get; init; } = Guid.CreateVersion7();

    [JsonPropertyName("user_id")]
    public Guid? UserId { get; init; }

    [JsonPropertyName("source")]
    public string Source { get; init; } = "";

    [JsonPropertyName("category")]
    public string? Category { get; init; }

    [JsonPropertyName("level")]
    public string Level { get; init; } = "";

    [JsonPropertyName("action")]
    public string Action { get; init; } = "";

    [JsonPropertyName("detector")]
    public string Detector { get; init; } = "";

    [JsonPropertyName("rule")]
    public string Rule { get; init; } = "";

    [JsonPropertyName("policy_scope")]
    public string PolicyScope { get; init; } = "";

    [JsonPropertyName("policy_version")]
    public int PolicyVersion { get; init; }

    [JsonPropertyName("excerpt")]
    public string Excerpt { get; init; } = "";

    [JsonPropertyName("span_start")]
    public int SpanStart { get; init; }

    [JsonPropertyName("span_length")]
    public int SpanLength { get; init; }

    [JsonPropertyName("latency_ms")]
    public double LatencyMs { get; init; }

    [JsonPropertyName("character_id")]
    public Guid? CharacterId { get; init; }

    [JsonPropertyName("conversation_id")]
    public Guid? ConversationId { get; init; }

    [JsonPropertyName("message_id")]
    public Guid? MessageId { get; init; }

    [JsonPropertyName("turn_id")]
    public Guid? TurnId { get; init; }

    [JsonPropertyName("original")]
    public string? Original { get; init; }

    /// <summary>As Postgres writes bytes in hexadecimal.</summary>
    [JsonPropertyName("text_hash")]
    public string? TextHash { get; init; }

    [JsonPropertyName("status")]
    public string Status { get; init; } = "open";

    /// <summary>Of a finding in a text.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="text">In which text, as its span counts.</param>
    /// <param name="source">Where that comes from.</param>
    /// <param name="userId">Whose it is, or to whom the answer is; null for nobody's yet.</param>
    public static ModerationDecision Of(Finding finding, string text, ModerationSource source, Guid? userId) => new()
    {
        UserId = userId,
        Source = ModerationNames.Of(source),
        Category = finding.Category is { } category ? ModerationNames.Of(category) : null,
        Level = ModerationNames.Of(finding.Detection.Level),
        Action = ModerationNames.Of(finding.Action),
        Detector = finding.Detection.Detector,
        Rule = Storable(finding.Detection.Rule.Length <= MaxRule ? finding.Detection.Rule : finding.Detection.Rule[..MaxRule]),
        PolicyScope = finding.Rule.Scope,
        PolicyVersion = finding.Rule.Version,
        Excerpt = finding.IsUnavailable ? "" : Cut(text, finding.Detection.Start, finding.Detection.Length),
        SpanStart = Math.Max(0, finding.Detection.Start),
        SpanLength = Math.Max(0, finding.Detection.Length),
        LatencyMs = Math.Round(finding.LatencyMs, 3),
        // Nobody can judge afterwards what was not judged; it is there to be counted.
        Status = finding.IsUnavailable && finding.Action != ModerationAction.Block ? "noted" : "open",
    };

    /// <summary>Without U+0000, the one character that Postgres cannot hold.</summary>
    public static string Storable(string text) => text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text;

    public static string Hash(string text) => @"\x" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Cut(string text, int start, int length)
    {
        var from = Math.Clamp(start - Around, 0, text.Length);
        var to = Math.Min(text.Length, Math.Max(Math.Clamp(start + length, 0, text.Length) + Around, from));
        to = Math.Min(to, from + MaxExcerpt);
        from -= Redaction.IsInsidePair(text, from) ? 1 : 0;
        to -= Redaction.IsInsidePair(text, to) ? 1 : 0;
        return Storable(text[from..to]);
    }
}

/// <summary>How decisions are handed to Postgres: any number of them in one parameter.</summary>
[JsonSerializable(typeof(IReadOnlyCollection<ModerationDecision>))]
internal sealed partial class DecisionJson : JsonSerializerContext;
