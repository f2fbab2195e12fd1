using ChatApp.Api.Models;

namespace ChatApp.Api.Conversations;

/// <summary>A message of the path that is shown, with its place among its siblings and the model of its character.</summary>
internal sealed record MessageRow
{
    /// <summary>Null where the conversation has no messages.</summary>
    public Guid? Id { get; init; }

    public Guid? ParentId { get; init; }

    public Guid TurnId { get; init; }

    public MessageRole Role { get; init; }

    public string Text { get; init; } = "";

    public MessageStatus Status { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorDetail { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public int SiblingIndex { get; init; }

    public int SiblingCount { get; init; }

    public Guid? PreviousSiblingId { get; init; }

    public Guid? NextSiblingId { get; init; }

    public int RecalledMemories { get; init; }

    public int RecalledSnippets { get; init; }

    public bool ChangedMemory { get; init; }

    public string? Notice { get; init; }

    /// <summary>Whether more of it was to come, and nothing continues it yet.</summary>
    public bool CutOff { get; init; }

    public string? Model { get; init; }

    public Message ToMessage(ModelCatalog models) => new(
        Id!.Value,
        ParentId,
        TurnId,
        Role,
        Text,
        Status,
        ErrorCode is null ? null : new TurnError(ErrorCode, ErrorDetail ?? ""),
        CreatedAt,
        SiblingIndex,
        SiblingCount,
        PreviousSiblingId,
        NextSiblingId,
        RecalledMemories,
        RecalledSnippets,
        ChangedMemory,
        CutOff && models.Find(Model).Prefills,
        Notice);
}
