namespace ChatApp.Api.Memory.Commands;

/// <summary>Does what a message asks of the memory itself: "remember that …", "forget …".</summary>
internal interface IMemoryCommands
{
    /// <summary>
    /// Carries out what the message asks for. To be called before anything is recalled for its answer. It does nothing a second time: for
    /// another attempt at the turn, or another answer to the message, it gives what came of it the first time.
    /// </summary>
    /// <param name="scope">Whose memories.</param>
    /// <param name="turnId">The turn that asks, for the log.</param>
    /// <param name="userMessageId">The message.</param>
    /// <param name="text">Its text.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    Task<MemoryCommandResult> RunAsync(MemoryScope scope, Guid turnId, Guid userMessageId, string text, CancellationToken cancellationToken);
}
