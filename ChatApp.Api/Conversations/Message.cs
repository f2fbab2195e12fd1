namespace ChatApp.Api.Conversations;

/// <summary>One message of a conversation.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="ParentId">The message that this one follows; null for the first.</param>
/// <param name="TurnId">The turn that made it.</param>
/// <param name="Role">Who wrote it.</param>
/// <param name="Text">Its text, Markdown.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Error">Why it failed; null unless it did.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="SiblingIndex">Its place, from 1, among the messages that stand beside each other here: wordings of one message, or answers to one.</param>
/// <param name="SiblingCount">How many of those there are.</param>
/// <param name="PreviousSiblingId">The one before it; null for the first.</param>
/// <param name="NextSiblingId">The one after it; null for the last.</param>
/// <param name="RecalledMemories">How many memories the answer was given.</param>
/// <param name="RecalledSnippets">How many snippets of documents the answer was given.</param>
/// <param name="ChangedMemory">Whether the message that it answers asked to remember or to forget something.</param>
/// <param name="CanContinue">Whether it is an answer that was cut off and that its character's model can go on with.</param>
/// <param name="Notice">What the person is to read before the answer, such as where help is; null for most.</param>
public sealed record Message(
    Guid Id,
    Guid? ParentId,
    Guid TurnId,
    MessageRole Role,
    string Text,
    MessageStatus Status,
    TurnError? Error,
    DateTimeOffset CreatedAt,
    int SiblingIndex,
    int SiblingCount,
    Guid? PreviousSiblingId,
    Guid? NextSiblingId,
    int RecalledMemories,
    int RecalledSnippets,
    bool ChangedMemory,
    bool CanContinue,
    string? Notice);

/// <summary>Why an answer could not be given.</summary>
/// <param name="Code">A stable name, such as <c>engine_unavailable</c>.</param>
/// <param name="Detail">A sentence for the person: what happened and what to do.</param>
public sealed record TurnError(string Code, string Detail);

/// <summary>Part of the messages of a conversation, oldest first.</summary>
/// <param name="Items">The messages of this page.</param>
/// <param name="PreviousCursor">Ask again with it for the messages before these; null when there are none.</param>
public sealed record MessagePage(IReadOnlyList<Message> Items, string? PreviousCursor);
