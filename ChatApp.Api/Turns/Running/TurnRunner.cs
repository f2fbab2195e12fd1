using System.Diagnostics;
using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Turns.Stages;
using Microsoft.Extensions.Options;
using Npgsql;

namespace ChatApp.Api.Turns.Running;

/// <summary>Takes one claimed turn through its stages, and decides what becomes of it when it does not get to the end.</summary>
internal sealed partial class TurnRunner(
    IEnumerable<ITurnStage> stages,
    AnswerWriterFactory writers,
    TurnEnding ending,
    TurnQueue queue,
    TurnSignals signals,
    TurnTelemetry telemetry,
    IOptions<TurnOptions> options,
    TimeProvider time,
    ILogger<TurnRunner> logger)
{
    // A turn whose worker goes away is taken over for as long as it gets on, but not for ever.
    private const int LossesPerAttempt = 4;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private readonly ITurnStage[] _stages = [.. stages];

    /// <summary>Runs the turn. It never throws: whatever cannot be saved is found again by its lease.</summary>
    public async Task RunAsync(RunningTurn running)
    {
        var turn = running.Turn;
        using var activity = StartActivity(turn);
        using var deadline = time.CreateTimer(
            static state => ((RunningTurn)state!).Stop(StopReason.Deadline), running, options.Value.Deadline, Timeout.InfiniteTimeSpan);
        try
        {
            await RunStagesAsync(new TurnContext(turn, writers.Create(running), time.GetTimestamp()), running);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            LogBroken(exception, turn.Id, turn.Attempt);
        }
    }

    private async Task RunStagesAsync(TurnContext context, RunningTurn running)
    {
        if (context.Turn.Attempt == 1)
        {
            telemetry.Claimed(TimeSpan.FromMilliseconds(context.Turn.AgeMs));
        }

        try
        {
            // First of all: what is decided next also goes for the text that is there.
            await context.Answer.BeginAsync(running.Stopping);
            if (context.Turn.CancelRequested)
            {
                await ending.EndAsync(context, new TurnOutcome(TurnStatus.Cancelled));
                return;
            }

            if (context.Turn.Failures >= options.Value.MaxAttempts || context.Turn.Losses >= options.Value.MaxAttempts * LossesPerAttempt)
            {
                await ending.EndAsync(context, Failed(TurnFailure.AttemptsExhausted(context.Turn.LastError)));
                return;
            }

            foreach (var stage in _stages)
            {
                using var span = TurnTelemetry.Source.StartActivity(stage.Name);
                var stopping = context.HasEnded ? CancellationToken.None : running.Stopping;
                stopping.ThrowIfCancellationRequested();
                await stage.RunAsync(context, stopping);
            }
        }
        catch (OperationCanceledException) when (running.Reason != StopReason.None)
        {
            await InterruptedAsync(context, running.Reason);
        }
        catch (TurnBlockedException exception)
        {
            // The first reason that a turn stops for counts: one that is another's by now is left to its new worker.
            if (running.Reason == StopReason.LeaseLost)
            {
                await InterruptedAsync(context, running.Reason);
                return;
            }

            await ending.EndAsync(context, TurnOutcome.Blocked(exception.Block));
        }
        catch (TurnFailedException exception)
        {
            await FailedAsync(context, exception.Failure);
        }
        catch (Exception exception) when (exception is not NpgsqlException)
        {
            LogBroken(exception, context.Turn.Id, context.Turn.Attempt);
            await FailedAsync(context, TurnFailure.Unexpected(exception));
        }
    }

    private async Task InterruptedAsync(TurnContext context, StopReason reason)
    {
        switch (reason)
        {
            case StopReason.Cancelled:
                await ending.EndAsync(context, new TurnOutcome(TurnStatus.Cancelled));
                break;
            case StopReason.Released:
                await queue.GiveBackAsync(context.Turn, context.Answer.State, null, counts: false, TimeSpan.Zero, CancellationToken.None);
                signals.AnnounceQueued();
                telemetry.Ended("released");
                break;
            case StopReason.Deadline:
                await ending.EndAsync(context, Failed(TurnFailure.TimedOut("The turn passed its deadline.")));
                break;
            default:
                telemetry.Ended("lost");
                LogLost(context.Turn.Id, context.Turn.Attempt);
                break;
        }
    }

    private async Task FailedAsync(TurnContext context, TurnFailure failure)
    {
        Activity.Current?.SetStatus(ActivityStatusCode.Error, failure.Code);
        LogFailed(context.Turn.Id, context.Turn.Attempt, failure.Code, failure.Cause);
        // An engine that broke in mid-answer was there: that is this turn's own failure.
        var waits = failure.IsEngineAway && !context.EngineHasAnswered && StartedSince(context) < options.Value.EnginePatience;
        if (!failure.IsTransient || (!waits && context.Turn.Failures + 1 >= options.Value.MaxAttempts))
        {
            await ending.EndAsync(context, Failed(failure));
            return;
        }

        var cause = $"{failure.Code}: {failure.Cause}";
        await queue.GiveBackAsync(context.Turn, context.Answer.State, cause, counts: !waits, Delay(context.Turn.Attempt, failure.RetryAfter), CancellationToken.None);
        telemetry.Ended("retried", failure.Code);
    }

    private TimeSpan StartedSince(TurnContext context) =>
        TimeSpan.FromMilliseconds(context.Turn.StartedMs) + time.GetElapsedTime(context.BegunAt);

    // From half a second to about five, scattered: an engine that comes back is not met by everybody at once. What the gateway asks
    // for comes before that, up to a bound: somebody waits.
    private static TimeSpan Delay(int attempt, TimeSpan? wanted)
    {
        var own = TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempt - 1), 5) * (0.5 + Random.Shared.NextDouble() / 2));
        return wanted is { } asked && asked > TimeSpan.Zero ? (asked < LongestWait ? asked : LongestWait) + own / 2 : own;
    }

    private static TurnOutcome Failed(TurnFailure failure) => new(TurnStatus.Failed, Failure: failure);

    private static Activity? StartActivity(ClaimedTurn turn)
    {
        var parent = ActivityContext.TryParse(turn.TraceParent, turn.TraceState, isRemote: true, out var context) ? context : default;
        var activity = TurnTelemetry.Source.StartActivity("turn", ActivityKind.Consumer, parent);
        activity?.SetTag("chatapp.turn.id", turn.Id);
        activity?.SetTag("chatapp.turn.attempt", turn.Attempt);
        return activity;
    }

    [LoggerMessage(LogLevel.Warning, "Attempt {Attempt} of turn {TurnId} failed: {Code} {Cause}")]
    private partial void LogFailed(Guid turnId, int attempt, string code, string? cause);

    [LoggerMessage(LogLevel.Information, "Attempt {Attempt} of turn {TurnId} lost its lease")]
    private partial void LogLost(Guid turnId, int attempt);

    [LoggerMessage(LogLevel.Error, "Attempt {Attempt} of turn {TurnId} broke off")]
    private partial void LogBroken(Exception exception, Guid turnId, int attempt);
}
