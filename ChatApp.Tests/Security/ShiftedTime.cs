namespace ChatApp.Tests.Security;

/// <summary>A clock that is wrong by as much.</summary>
internal sealed class ShiftedTime(TimeSpan by) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
}
