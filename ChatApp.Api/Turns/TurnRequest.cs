namespace ChatApp.Api.Turns;

/// <summary>What a person asks for. Under one Idempotency-Key it is the same only when all of it is.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="OriginId">The message to do it with; null for a new one.</param>
/// <param name="Text">What is said; null where only the character speaks.</param>
internal sealed record TurnRequest(TurnKind Kind, Guid? OriginId, string? Text)
{
    public static TurnRequest Say(string text) => new(TurnKind.Message, null, text);

    public static TurnRequest Edit(Guid userMessageId, string text) => new(TurnKind.Edit, userMessageId, text);

    public static TurnRequest Regenerate(Guid answerId) => new(TurnKind.Regenerate, answerId, null);

    public static TurnRequest Continue(Guid answerId) => new(TurnKind.Continue, answerId, null);
}
