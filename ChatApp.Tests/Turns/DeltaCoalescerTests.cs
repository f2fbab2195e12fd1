using System.Threading.Channels;
using ChatApp.Api.Turns.Running;
using Xunit;

namespace ChatApp.Tests.Turns;

public sealed class DeltaCoalescerTests
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(25);

    private readonly ManualTime _time = new();
    private readonly DeltaCoalescer _coalescer;
    private readonly Channel<string> _pieces = Channel.CreateUnbounded<string>();

    public DeltaCoalescerTests()
    {
        _coalescer = new DeltaCoalescer(Window, _time);
        _ = Task.Run(async () =>
        {
            await foreach (var piece in _coalescer.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                _pieces.Writer.TryWrite(piece);
            }

            _pieces.Writer.Complete();
        });
    }

    [Fact]
    public async Task ReadAll_FirstPiece_PassesAtOnce()
    {
        _coalescer.Write("one");

        Assert.Equal("one", await NextAsync());
    }

    [Fact]
    public async Task ReadAll_PiecesWithinAWindow_BecomeOne()
    {
        _coalescer.Write("one");
        await NextAsync();
        await WindowBegunAsync();
        _coalescer.Write(" two");
        _coalescer.Write(" three");
        Assert.False(_pieces.Reader.TryPeek(out _));

        _time.Advance(Window);

        Assert.Equal(" two three", await NextAsync());
    }

    [Fact]
    public async Task ReadAll_PieceAfterAnEmptyWindow_PassesAtOnce()
    {
        _coalescer.Write("one");
        await NextAsync();
        await WindowBegunAsync();
        _time.Advance(Window);

        _coalescer.Write("two");

        Assert.Equal("two", await NextAsync());
    }

    [Fact]
    public async Task ReadAll_End_WaitsForNoWindow()
    {
        _coalescer.Write("one");
        await NextAsync();
        await WindowBegunAsync();
        _coalescer.Write("rest");

        _coalescer.End();

        Assert.Equal("rest", await NextAsync());
        await _pieces.Reader.Completion.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task ReadAll_HalfOfASurrogatePair_WaitsForTheOther()
    {
        _coalescer.Write("a😀"[..2]);
        Assert.Equal("a", await NextAsync());
        await WindowBegunAsync();

        _coalescer.Write("😀b"[1..]);
        _time.Advance(Window);

        Assert.Equal("😀b", await NextAsync());
    }

    [Fact]
    public async Task ReadAll_EndedWithoutText_GivesNothing()
    {
        _coalescer.End();

        Assert.False(await _pieces.Reader.WaitToReadAsync(TestContext.Current.CancellationToken));
    }

    private async Task<string> NextAsync() =>
        await _pieces.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(10));

    private async Task WindowBegunAsync()
    {
        while (_time.WaitingAlarms == 0)
        {
            await Task.Yield();
        }
    }
}
