using ChatApp.Api.Memory.Remembering;

namespace ChatApp.Api.Turns.Stages;

/// <summary>
/// Remembers what was said. The turn has ended by now, and whatever happens here changes nothing of that: what is not done is found again
/// and done in the background.
/// </summary>
internal sealed partial class RememberStage(ConversationMemories memories, TimeProvider time, ILogger<RememberStage> logger) : ITurnStage
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public string Name => "remember";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        // The turn's own token is no longer asked: it may stop an answer, and there is none to stop.
        using var patience = new CancellationTokenSource(Patience, time);
        try
        {
            await memories.RememberAsync(context.Turn.ConversationId, patience.Token);
        }
        catch (Exception exception)
        {
            LogLater(exception, context.Turn.Id);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Turn {TurnId} could not be remembered at once; that is done later")]
    private partial void LogLater(Exception exception, Guid turnId);
}
