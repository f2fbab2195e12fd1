namespace ChatApp.Tests.Accounts;

/// <summary>The time of day, which a test can move on; timers keep their pace.</summary>
internal sealed class MovableTime : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _ahead, by.Ticks);
}
