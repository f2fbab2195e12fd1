using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Engines;

/// <summary>
/// The engines' states, asked for when somebody wants to know and remembered for a few seconds, so that many readers of
/// <c>/health</c> do not become load on the engines.
/// </summary>
internal sealed class EngineReadiness(IOptions<EngineList> engines, EngineProbe probe, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _asking = new(1);
    private volatile Snapshot? _last;

    /// <summary>What was last known, without asking; empty before the first question.</summary>
    public IReadOnlyDictionary<string, EngineState> LastKnown => _last?.States ?? [];

    public async Task<IReadOnlyDictionary<string, EngineState>> GetAsync(CancellationToken cancellationToken)
    {
        if (Current() is { } known)
        {
            return known;
        }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            if (Current() is { } meanwhile)
            {
                return meanwhile;
            }

            var list = engines.Value.Engines;
            var states = await Task.WhenAll(list.Select(engine => probe.AskAsync(engine, cancellationToken)));
            _last = new Snapshot(time.GetTimestamp(), list.Zip(states).ToDictionary(p => p.First.Name, p => p.Second, StringComparer.Ordinal));
            return _last.States;
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Has the next question asked anew.</summary>
    public void Forget() => _last = null;

    public void Dispose() => _asking.Dispose();

    private Dictionary<string, EngineState>? Current() =>
        _last is { } last && time.GetElapsedTime(last.At) < Remembered ? last.States : null;

    private sealed record Snapshot(long At, Dictionary<string, EngineState> States);
}
