namespace ChatApp.Web.Api;

/// <summary>A message of a conversation.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="ParentId">The message it answers or follows; null for the first.</param>
/// <param name="TurnId">The turn that made it.</param>
/// <param name="Role">user or assistant.</param>
/// <param name="Text">Plain text of a user, Markdown of an assistant; so far, while it streams.</param>
/// <param name="Status">pending, streaming, complete, stopped, failed or blocked.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="SiblingIndex">Which of the versions of this message it is, from 1.</param>
/// <param name="SiblingCount">How many versions there are.</param>
/// <param name="PreviousSiblingId">The version before it, or null.</param>
/// <param name="NextSiblingId">The version after it, or null.</param>
/// <param name="CanContinue">The answer ended too early, and the model can go on from there.</param>
/// <param name="RecalledMemories">How many memories the answer was given.</param>
/// <param name="RecalledSnippets">How many pieces of documents the answer was given: it may cite these as [1] and on.</param>
/// <param name="ChangedMemory">The message that it answers asked to remember or to forget something.</param>
/// <param name="Notice">What the person is to read before the answer, such as where help is.</param>
public sealed record Message(
    Guid Id,
    Guid? ParentId,
    Guid? TurnId,
    string Role,
    string Text,
    string Status,
    MessageError? Error,
    DateTimeOffset CreatedAt,
    int SiblingIndex = 1,
    int SiblingCount = 1,
    Guid? PreviousSiblingId = null,
    Guid? NextSiblingId = null,
    bool CanContinue = false,
    int RecalledMemories = 0,
    int RecalledSnippets = 0,
    bool ChangedMemory = false,
    string? Notice = null)
{
    /// <summary>The person wrote it, not the character.</summary>
    public bool IsUsers => Role == "user";

    /// <summary>The answer was stopped before its end.</summary>
    public bool IsStopped => Status == "stopped";

    /// <summary>Nothing more will be written to it.</summary>
    public bool IsFinal => Status is "complete" or "stopped" or "failed" or "blocked";

    /// <summary>The answer failed; <see cref="Text"/> is what came before.</summary>
    public bool IsFailed => Status == "failed";

    /// <summary>Its words were held back; <see cref="Text"/> is empty.</summary>
    public bool IsBlocked => Status == "blocked" || (IsFailed && Error?.Code == "blocked");
}

/// <summary>Why a message failed.</summary>
/// <param name="Code">A stable name.</param>
/// <param name="Detail">A sentence for a person.</param>
/// <param name="Category">What it was about, where it was held back.</param>
public sealed record MessageError(string Code, string Detail, string? Category = null);
