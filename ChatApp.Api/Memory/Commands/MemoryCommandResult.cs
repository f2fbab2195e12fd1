namespace ChatApp.Api.Memory.Commands;

/// <summary>What a message had done to the memory.</summary>
/// <param name="Pins">The message is to be remembered for good; that is done once the turn has ended.</param>
/// <param name="Forgotten">What was forgotten, as it was said; the longest are cut.</param>
/// <param name="Note">A sentence for the person about it, such as why nothing was forgotten; null for none.</param>
internal sealed record MemoryCommandResult(bool Pins, IReadOnlyList<string> Forgotten, string? Note = null)
{
    /// <summary>The message asks for nothing.</summary>
    public static MemoryCommandResult None { get; } = new(false, []);
}
