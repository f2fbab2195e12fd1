using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ChatApp.Api.Turns;

/// <summary>What we measure of turns ourselves.</summary>
internal sealed class TurnTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "ChatApp.Turns";

    private readonly Counter<long> _turns;
    private readonly Histogram<double> _queueWait;
    private readonly Histogram<double> _timeToFirstToken;
    private readonly Histogram<double> _tokenRate;

    public TurnTelemetry(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _turns = meter.CreateCounter<long>("chatapp.turns", "{turn}", "Turns that ended, by outcome.");
        _queueWait = meter.CreateHistogram<double>("chatapp.turn.queue_wait", "s", "From accepting a turn to its first claim.");
        _timeToFirstToken = meter.CreateHistogram<double>("chatapp.turn.time_to_first_token", "s", "From accepting a turn to the first piece of its answer.");
        _tokenRate = meter.CreateHistogram<double>("chatapp.turn.token_rate", "{token}/s", "Tokens a second of an answer after its first token.");
    }

    public static ActivitySource Source { get; } = new(Name);

    public void Claimed(TimeSpan queueWait) => _queueWait.Record(queueWait.TotalSeconds);

    public void FirstToken(TimeSpan sinceAccepted, string model) =>
        _timeToFirstToken.Record(sinceAccepted.TotalSeconds, new KeyValuePair<string, object?>("model", model));

    public void TokenRate(double perSecond, string model) =>
        _tokenRate.Record(perSecond, new KeyValuePair<string, object?>("model", model));

    /// <summary>Counts an end: <c>completed</c>, <c>cancelled</c>, <c>failed</c>, <c>retried</c>, <c>released</c> or <c>lost</c>, with the error's code if there is one.</summary>
    public void Ended(string outcome, string? errorCode = null) =>
        _turns.Add(1, new("outcome", outcome), new("error.type", errorCode));
}
