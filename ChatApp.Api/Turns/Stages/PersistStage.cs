using ChatApp.Api.Turns.Running;

namespace ChatApp.Api.Turns.Stages;

/// <summary>Saves the whole answer, and only then tells readers that it is whole.</summary>
internal sealed class PersistStage(TurnEnding ending) : ITurnStage
{
    public string Name => "persist";

    public async Task RunAsync(TurnContext context, CancellationToken cancellationToken)
    {
        await ending.EndAsync(context, new TurnOutcome(TurnStatus.Completed, context.FinishReason ?? "stop"));
        context.HasEnded = true;
    }
}
