using System.Collections.Concurrent;

namespace ChatApp.Api.Models;

/// <summary>What is known of the tokenizers behind the gateway: the models' contexts, and which are not to be asked for a while.</summary>
internal sealed class EngineTokenizers(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, State> _states = new(StringComparer.Ordinal);

    public Known Of(string model)
    {
        var state = _states.GetValueOrDefault(model);
        var now = time.GetTimestamp();
        return new Known(
            state?.Context,
            state is null || now >= state.RestsUntil,
            state?.AnsweredAt is { } answered ? time.GetElapsedTime(answered, now) : null);
    }

    public void Answered(string model, int? context) => _states[model] = new State(context > 0 ? context : null, 0, time.GetTimestamp());

    public void Failed(string model, TimeSpan rest)
    {
        var until = time.GetTimestamp() + (long)(rest.TotalSeconds * time.TimestampFrequency);
        _states.AddOrUpdate(model, new State(null, until, null), (_, state) => state with { RestsUntil = until });
    }

    /// <summary>What is known of one.</summary>
    /// <param name="Context">The model's context in tokens, as last heard.</param>
    /// <param name="MayBeAsked">Whether it is worth asking now.</param>
    /// <param name="Age">How long ago it answered; null when it never did.</param>
    internal sealed record Known(int? Context, bool MayBeAsked, TimeSpan? Age)
    {
        public bool IsFresh(TimeSpan lifetime) => Age < lifetime;
    }

    private sealed record State(int? Context, long RestsUntil, long? AnsweredAt);
}
