using System.Text;
using ChatApp.Api.Turns.Events;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>
/// Writes one attempt's answer: numbers its events, sends them to the log as they come, and saves the text to Postgres
/// about once a second. Taking text in never waits for Redis or Postgres.
/// </summary>
internal sealed partial class AnswerWriter(
    RunningTurn running, AnswerStore answers, TurnEventLog log, IOptions<TurnOptions> options, TimeProvider time, ILogger<AnswerWriter> logger)
{
    // Events that an abandoned attempt may have shown to readers after its last checkpoint, when nobody can tell how many
    // those were: its successor numbers from above them. 40 a second for a second, and much to spare.
    private const int UnknownEvents = 1000;

    // While Redis and Postgres are both away; about a minute of an answer.
    private const int MaxUnsent = 2000;

    private readonly ClaimedTurn _turn = running.Turn;
    private readonly Queue<TurnEvent> _unsent = new();
    private readonly DeltaCoalescer _pieces = new(options.Value.DeltaWindow, time);
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private long _seq = running.Turn.EventSeq;
    private long _savedSeq = running.Turn.EventSeq;

    /// <summary>The answer up to the newest numbered event.</summary>
    public AnswerState State
    {
        get
        {
            lock (_gate)
            {
                return new AnswerState(_seq, _text.ToString());
            }
        }
    }

    /// <summary>Characters of the text that the turn did not write itself, but goes on from.</summary>
    public int GivenLength { get; private set; }

    /// <summary>
    /// Begins where earlier attempts ended: shuts them out and takes over what they wrote, which is what is saved and what the
    /// log has of it since then. Where nobody can tell what readers saw beyond that, they are told to begin anew with what there is.
    /// </summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        // What was recalled is saved before it is told, unlike text: the log may end right before it.
        var isAtRecall = _turn.RecallSeq > 0 && _turn.RecallSeq == _turn.EventSeq;
        var logged = await log.TakeOverAsync(_turn.Id, _turn.Attempt, _turn.EventSeq, isAtRecall ? _turn.EventSeq - 1 : _turn.EventSeq);
        var written = new WrittenAnswer();
        if (_turn.EventSeq > 1)
        {
            // A stop does not interrupt this: whatever ends or gives back the turn then saves the text that is read here.
            written = await answers.ReadAsync(_turn, CancellationToken.None);
            _text.Append(written.Text);
            GivenLength = written.GivenLength;
        }

        if (!_turn.Abandoned)
        {
            // Whoever gave it back saved all of it.
            return;
        }

        if (logged is null)
        {
            _seq += UnknownEvents;
            await RestartAsync(State.Text, cancellationToken);
            return;
        }

        foreach (var turnEvent in logged)
        {
            Adopt(turnEvent);
        }

        if (isAtRecall && logged is [] && written.Recall is { } recall)
        {
            await SendAsync(StoredTurnEvents.Recalled(_turn.RecallSeq, written.RecallOffset, recall));
        }
    }

    /// <summary>Saves what was recalled for the answer, and tells readers if there is anything to tell. Before anything is written.</summary>
    public async Task RecalledAsync(TurnRecall recall, CancellationToken cancellationToken)
    {
        AnswerState state;
        lock (_gate)
        {
            _seq += recall.IsTold ? 1 : 0;
            state = new AnswerState(_seq, _text.ToString());
        }

        if (!await answers.RecalledAsync(_turn, recall, state, cancellationToken))
        {
            running.Stop(StopReason.LeaseLost);
            return;
        }

        Volatile.Write(ref _savedSeq, state.Seq);
        if (recall.IsTold)
        {
            await SendAsync(StoredTurnEvents.Recalled(state.Seq, state.Text.Length, recall));
        }
    }

    /// <summary>Has readers drop what they have, and begin with <paramref name="text"/>.</summary>
    public async Task RestartAsync(string text, CancellationToken cancellationToken)
    {
        TurnEvent[] events;
        lock (_gate)
        {
            _text.Clear().Append(text);
            var restart = new TurnEvent(++_seq, 0, 0, TurnEventTypes.Restarted, "{}");
            events = text is "" ? [restart] : [restart, StoredTurnEvents.Delta(++_seq, 0, text)];
            _savedSeq = _seq;
        }

        if (!await answers.RestartAsync(_turn, events[0].Seq, State, cancellationToken))
        {
            running.Stop(StopReason.LeaseLost);
            return;
        }

        foreach (var turnEvent in events)
        {
            await SendAsync(turnEvent);
        }
    }

    /// <summary>Adds a piece of the answer.</summary>
    public void Write(string text) =>
        _pieces.Write(text.Contains('\0', StringComparison.Ordinal) ? text.Replace("\0", "", StringComparison.Ordinal) : text);

    /// <summary>Sends and saves what is written, until <see cref="End"/>.</summary>
    public async Task RunAsync()
    {
        using var ending = new CancellationTokenSource();
        var saving = SaveNowAndThenAsync(ending.Token);
        await foreach (var piece in _pieces.ReadAllAsync(CancellationToken.None))
        {
            await SendAsync(Number(piece));
        }

        await ending.CancelAsync();
        await saving;
    }

    /// <summary>Says that the answer is whole, or as whole as it gets.</summary>
    public void End() => _pieces.End();

    /// <summary>Sends an event that is numbered already. What Redis does not take is offered again with the next one, until it is saved.</summary>
    public async Task SendAsync(TurnEvent turnEvent)
    {
        while (_unsent.TryPeek(out var earlier) && (earlier.Seq <= Volatile.Read(ref _savedSeq) || _unsent.Count >= MaxUnsent))
        {
            // Readers find it in Postgres.
            _unsent.Dequeue();
        }

        _unsent.Enqueue(turnEvent);
        while (_unsent.TryPeek(out var next))
        {
            switch (await log.AppendAsync(_turn.Id, _turn.Attempt, next))
            {
                case null:
                    return;
                case false:
                    _unsent.Clear();
                    running.Stop(StopReason.LeaseLost);
                    return;
                default:
                    _unsent.Dequeue();
                    break;
            }
        }
    }

    // Readers cannot have taken text that does not continue what came before it, and neither does this. Its number is used up.
    private void Adopt(TurnEvent turnEvent)
    {
        lock (_gate)
        {
            _seq = Math.Max(_seq, turnEvent.Seq);
            if (turnEvent.Type == TurnEventTypes.Delta && turnEvent.Start == _text.Length)
            {
                _text.Append(StoredTurnEvents.DeltaText(turnEvent));
            }
        }
    }

    private TurnEvent Number(string piece)
    {
        lock (_gate)
        {
            var start = _text.Length;
            _text.Append(piece);
            return StoredTurnEvents.Delta(++_seq, start, piece);
        }
    }

    private async Task SaveNowAndThenAsync(CancellationToken ending)
    {
        using var timer = new PeriodicTimer(options.Value.CheckpointInterval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(ending))
            {
                await SaveAsync(ending);
            }
        }
        catch (OperationCanceledException)
        {
            // The answer has ended; what ends the turn saves it.
        }
    }

    private async Task SaveAsync(CancellationToken ending)
    {
        var state = State;
        if (state.Seq == Volatile.Read(ref _savedSeq))
        {
            return;
        }

        try
        {
            if (await answers.CheckpointAsync(_turn, state, ending))
            {
                Volatile.Write(ref _savedSeq, state.Seq);
                running.GotSomewhere();
            }
            else
            {
                running.Stop(StopReason.LeaseLost);
            }
        }
        catch (NpgsqlException exception)
        {
            LogNotSaved(_turn.Id, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The answer of turn {TurnId} could not be saved yet: {Reason}")]
    private partial void LogNotSaved(Guid turnId, string reason);
}
