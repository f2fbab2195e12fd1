using ChatApp.Inference.Attempts;
using ChatApp.Tests.Turns;
using Xunit;

namespace ChatApp.Tests.Inference.Attempts;

public sealed class AttemptClockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly ManualTime _time = new();

    [Fact]
    public void Wait_NoFirstToken_RunsOut()
    {
        using var clock = Start(deadline: TimeSpan.FromMinutes(1));

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(clock.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal((true, true, false), (clock.Token.IsCancellationRequested, clock.RanOut, clock.IsPastDeadline));
    }

    [Fact]
    public void Wait_DeadlineComesFirst_IsPastIt()
    {
        using var clock = Start(deadline: TimeSpan.FromSeconds(3));

        _time.Advance(TimeSpan.FromSeconds(4));

        Assert.Equal((true, true), (clock.RanOut, clock.IsPastDeadline));
    }

    [Fact]
    public void Begin_EventsKeepComing_NeverRunsOutAndTheDeadlineIsOver()
    {
        using var clock = Start(deadline: TimeSpan.FromSeconds(20));
        clock.Begin(Patience);

        for (var i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            clock.Touch(_time.GetTimestamp());
        }

        Assert.False(clock.Token.IsCancellationRequested);
    }

    [Fact]
    public void Begin_NoEvent_RunsOutAfterTheSilence()
    {
        using var clock = Start(deadline: TimeSpan.FromMinutes(1));
        clock.Begin(Patience);
        _time.Advance(TimeSpan.FromSeconds(6));
        clock.Touch(_time.GetTimestamp());

        // The timer comes due, and sees that there was one meanwhile.
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(clock.RanOut);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal((true, false), (clock.RanOut, clock.IsPastDeadline));
    }

    [Fact]
    public void Pause_CallerTakesItsTime_DoesNotRunOut()
    {
        using var clock = Start(deadline: TimeSpan.FromMinutes(1));
        clock.Begin(Patience);
        clock.Pause();

        _time.Advance(TimeSpan.FromSeconds(11));
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.False(clock.RanOut);

        clock.Touch(_time.GetTimestamp());
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.True(clock.RanOut);
    }

    [Fact]
    public void CallerGone_Ends_AndIsNotATimeout()
    {
        using var gone = new CancellationTokenSource();
        using var clock = new AttemptClock(_time, Patience, long.MaxValue, gone.Token);

        gone.Cancel();

        Assert.Equal((true, false), (clock.Token.IsCancellationRequested, clock.RanOut));
    }

    private AttemptClock Start(TimeSpan deadline) => new(_time, Patience, _time.GetTimestamp() + deadline.Ticks, CancellationToken.None);
}
