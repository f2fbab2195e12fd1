namespace ChatApp.Tests.Inference.Placement;

/// <summary>A turn as its engine saw it.</summary>
/// <param name="At">When it was begun.</param>
/// <param name="Conversation">Whose turn.</param>
/// <param name="Number">Its number in the conversation.</param>
/// <param name="Prompt">Tokens of the prompt.</param>
/// <param name="Cached">How many of them the engine had.</param>
/// <param name="Engine">The engine.</param>
internal sealed record SimulatedTurn(TimeSpan At, string Conversation, int Number, int Prompt, int Cached, string Engine)
{
    /// <summary>Whether all but the newest message was cached.</summary>
    public bool IsHit => Cached == Prompt - PlacementSimulation.Said;
}
