using ChatApp.Inference.Models;

namespace ChatApp.Inference.Engines;

/// <summary>
/// The engines' states, asked for when somebody wants to know and remembered for a few seconds, so that many readers of
/// <c>/health</c> do not become load on the engines.
/// </summary>
internal sealed class EngineReadiness(ModelDirectory models, EngineHealth health)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(3);

    /// <summary>What was last known, without asking; empty before the first question.</summary>
    public IReadOnlyDictionary<string, EngineState> LastKnown
    {
        get
        {
            var known = new Dictionary<string, EngineState>(StringComparer.Ordinal);
            foreach (var engine in models.Current.Engines)
            {
                if (health.LastAnswer(engine.Name) is { } state)
                {
                    known[engine.Name] = state;
                }
            }

            return known;
        }
    }

    public async Task<IReadOnlyDictionary<string, EngineState>> GetAsync(CancellationToken cancellationToken)
    {
        var engines = models.Current.Engines;
        var states = await Task.WhenAll(engines.Select(engine => health.AskAsync(engine, Remembered, cancellationToken)));
        return engines.Zip(states).ToDictionary(pair => pair.First.Name, pair => pair.Second, StringComparer.Ordinal);
    }

    /// <summary>Has the next question asked anew.</summary>
    public void Forget() => health.Forget();
}
