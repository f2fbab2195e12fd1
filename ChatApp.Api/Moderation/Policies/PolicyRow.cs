using System.Text.Json;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>A row of <c>moderation_policies</c>, with the name of who wrote it.</summary>
internal sealed record PolicyRow
{
    /// <summary>To be followed by WHERE over <c>p</c>.</summary>
    public const string Select = """
        SELECT p.seq, p.scope, p.version, p.content::text AS content, p.updated_at, u.name AS updated_by
        FROM moderation_policies p LEFT JOIN users u ON u.id = p.updated_by
        """;

    public long Seq { get; init; }

    public string Scope { get; init; } = "";

    public int Version { get; init; }

    /// <summary>Null where this version took the policy away.</summary>
    public string? Content { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public string? UpdatedBy { get; init; }

    public PolicyContent Read() => Content is null ? PolicyContent.Nothing : JsonSerializer.Deserialize(Content, PolicyJson.Default.PolicyContent)!;

    public PolicySummary ToSummary() => new(Scope, Version, UpdatedAt, UpdatedBy);

    public ModerationPolicy ToPolicy()
    {
        var content = Read();
        return new ModerationPolicy(
            Scope, Version, UpdatedAt, UpdatedBy, content.Rules, content.Detectors, content.WhenUnavailable, content.HoldAnswers, content.Overridable, Content is null);
    }
}
