using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Placement;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Admission;

/// <summary>Lets a call through to the engine that was chosen when there is a place for it, and gives the place back when the answer has ended in any way.</summary>
internal sealed class AdmissionGate(RequestDelegate next, EngineLoads loads, IOptions<GatewayOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (call.Attempts is not [.., { Failure: null } attempt])
        {
            // No target was chosen.
            await next(context);
            return;
        }

        var queue = loads.Of(attempt.Target.Engine).Queue;
        var tokens = call.ExpectedTokens;
        var outcome = queue.Enter(call.Caller, tokens, out var waiting);
        if (waiting is not null)
        {
            outcome = await WaitAsync(context, call, waiting);
        }

        if (outcome != Admittance.Entered)
        {
            attempt.Failure = Refusal(outcome, attempt.Target.Engine.Name, queue);
            return;
        }

        var entered = time.GetTimestamp();
        try
        {
            await next(context);
        }
        finally
        {
            queue.Leave(tokens, time.GetElapsedTime(entered));
        }
    }

    private async Task<Admittance> WaitAsync(HttpContext context, GatewayCall call, WaitingCall waiting)
    {
        var began = time.GetTimestamp();
        var untilDeadline = TimeSpan.FromSeconds((call.Deadline - began) / (double)time.TimestampFrequency);
        var patience = untilDeadline < options.Value.QueuePatience ? untilDeadline : options.Value.QueuePatience;
        using var late = new CancellationTokenSource(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, time);
        await using var tooLate = late.Token.UnsafeRegister(static state => ((WaitingCall)state!).GiveUp(Admittance.TooLate), waiting);
        await using var left = context.RequestAborted.UnsafeRegister(static state => ((WaitingCall)state!).GiveUp(Admittance.CallerLeft), waiting);
        var outcome = await waiting.Task;
        call.Queued += time.GetElapsedTime(began);
        return outcome;
    }

    private static AttemptFailure Refusal(Admittance outcome, string engine, EngineQueue queue) => outcome switch
    {
        Admittance.EngineGone => new AttemptFailure(AttemptFailure.Connect, $"Engine {engine} went away while the call waited for a place.", BlamesEngine: false),
        Admittance.CallerLeft => new AttemptFailure(AttemptFailure.Busy, "The caller left while it waited for a place.", BlamesEngine: false),
        Admittance.CallerFull => Busy($"As many calls of this caller wait for engine {engine} as may (Gateway:MaxQueuePerCaller).", queue),
        Admittance.TooLate => Busy($"Engine {engine} had no place within Gateway:QueuePatience or the call's deadline.", queue),
        _ => Busy($"As many calls wait for engine {engine} as may (Gateway:MaxQueuePerEngine).", queue),
    };

    private static AttemptFailure Busy(string detail, EngineQueue queue)
    {
        var wait = queue.ExpectedWait;
        return new AttemptFailure(AttemptFailure.Busy, detail, BlamesEngine: false, wait < Shortest ? Shortest : wait > Longest ? Longest : wait);
    }
}
