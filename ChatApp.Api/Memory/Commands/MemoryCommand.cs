namespace ChatApp.Api.Memory.Commands;

/// <summary>What a message asks of the memory, by its wording.</summary>
/// <param name="Pins">"Remember that …": the message is to be kept.</param>
/// <param name="Forget">"Forget …": what is named, once for each such sentence.</param>
/// <param name="ForgetsEverything">"Forget everything": more than a sentence in a conversation should do.</param>
internal sealed record MemoryCommand(bool Pins, IReadOnlyList<string> Forget, bool ForgetsEverything)
{
    public static MemoryCommand None { get; } = new(false, [], false);
}
