using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Engines;

/// <summary>Asks every engine now and then whether it can answer, so that calls go past one that cannot before they meet it.</summary>
internal sealed partial class EngineProbing(EngineHealth health, IOptions<GatewayOptions> options, TimeProvider time, ILogger<EngineProbing> logger) : BackgroundService
{
    private const int AtOnce = 8;

    // An outside provider is many people's, and its state shows in the calls.
    private const int ProviderFactor = 6;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var interval = options.Value.ProbeInterval;
        if (interval == TimeSpan.Zero)
        {
            return;
        }

        using var timer = new PeriodicTimer(interval < Round ? interval : Round, time);
        var bounds = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken };
        do
        {
            try
            {
                await Parallel.ForEachAsync(health.Due(Interval), bounds, async (engine, stopping) => await health.AskAsync(engine, TimeSpan.Zero, stopping));
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                // One engine's odd answer does not end the looking at all of them.
                LogFailed(logger, exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Not all at the same moment, from here or from other gateways; a loading one is wanted as soon as it is there.
    private TimeSpan Interval(EngineOptions engine, EngineState? state)
    {
        var interval = options.Value.ProbeInterval * (0.8 + (0.4 * Random.Shared.NextDouble()));
        return engine.Kind is EngineKind.AzureOpenAI or EngineKind.Anthropic or EngineKind.OpenAI
            ? interval * ProviderFactor
            : state?.Condition == EngineCondition.Loading && interval > Round ? Round : interval;
    }

    [LoggerMessage(LogLevel.Error, "An engine could not be asked for its state.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
