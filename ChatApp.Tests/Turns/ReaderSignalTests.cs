using ChatApp.Api.Turns.Events;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class ReaderSignalTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private readonly ReaderSignal _signal = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wait_WokenBefore_PassesOnceOnly()
    {
        _signal.Wake();
        _signal.Wake();

        Assert.True(_signal.WaitAsync().AsTask().IsCompleted);
        var second = _signal.WaitAsync().AsTask();
        Assert.False(second.IsCompleted);
        _signal.Wake();
        await second.WaitAsync(Soon, Cancelled);
    }

    [Fact]
    public async Task Wait_WokenFromManyThreads_MissesNoWake()
    {
        const int Last = 200_000;
        var written = 0;
        var writing = Task.Run(
            () =>
            {
                for (var i = 1; i <= Last; i++)
                {
                    Volatile.Write(ref written, i);
                    _signal.Wake();
                }
            },
            Cancelled);

        // A lost wake leaves the reader waiting with something unread.
        while (Volatile.Read(ref written) < Last)
        {
            await _signal.WaitAsync().AsTask().WaitAsync(Soon, Cancelled);
        }

        await writing;
    }
}
