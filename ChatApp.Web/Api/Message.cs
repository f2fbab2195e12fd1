namespace ChatApp.Web.Api;

/// <summary>A message of a conversation.</summary>
/// <param name="Id">The message's id.</param>
/// <param name="ParentId">The message it answers or follows; null for the first.</param>
/// <param name="TurnId">The turn that made it.</param>
/// <param name="Role">user or assistant.</param>
/// <param name="Text">Plain text of a user, Markdown of an assistant; so far, while it streams.</param>
/// <param name="Status">pending, streaming, complete, stopped or failed.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="CreatedAt">When it was written.</param>
public sealed record Message(
    Guid Id,
    Guid? ParentId,
    Guid? TurnId,
    string Role,
    string Text,
    string Status,
    MessageError? Error,
    DateTimeOffset CreatedAt)
{
    /// <summary>The person wrote it, not the character.</summary>
    public bool IsUsers => Role == "user";

    /// <summary>The answer was stopped before its end.</summary>
    public bool IsStopped => Status == "stopped";

    /// <summary>The answer failed; <see cref="Text"/> is what came before.</summary>
    public bool IsFailed => Status == "failed";
}

/// <summary>Why a message failed.</summary>
public sealed record MessageError(string Code, string Detail);
