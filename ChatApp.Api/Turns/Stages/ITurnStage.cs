namespace ChatApp.Api.Turns.Stages;

/// <summary>One step of answering. Stages run in the order in which <see cref="TurnExtensions"/> lists them.</summary>
internal interface ITurnStage
{
    /// <summary>The stage's name in traces.</summary>
    string Name { get; }

    /// <summary>Does the step. It throws <see cref="Running.TurnFailedException"/> when it cannot, with the reason.</summary>
    Task RunAsync(TurnContext context, CancellationToken cancellationToken);
}
