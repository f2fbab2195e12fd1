using System.Text;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Forwarding;
using ChatApp.Inference.Models;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference.Forwarding;

public sealed class EventStreamTests
{
    private const string Role = """data: {"choices":[{"delta":{"role":"assistant","content":""}}]}""" + "\n\n";
    private const string Usage = """data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":2}}""" + "\n\n";

    private readonly CallUsage _usage = new();

    private static string Whole => Role + EngineAnswer.Event("héllo") + ": ping\n\n" + EngineAnswer.Event("🌍") + EngineAnswer.Finish + Usage + EngineAnswer.Done;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Read_CutAnywhere_PassesTheSameEvents(bool hidesUsage)
    {
        var expected = Whole.Replace(": ping\n\n", "", StringComparison.Ordinal).Replace(hidesUsage ? Usage : "\0", "", StringComparison.Ordinal);
        foreach (var size in new[] { 1, 2, 3, 7, 50, 10_000 })
        {
            Assert.Equal(expected, await ReadAsync(Whole, size, hidesUsage));
            Assert.Equal(expected, await ReadAsync(Whole.Replace("\n", "\r\n", StringComparison.Ordinal), size, hidesUsage));
        }

        Assert.Equal((3L, 2L, true, "stop", 2), (_usage.InputTokens, _usage.OutputTokens, _usage.FirstTokenAt <= _usage.LastTokenAt, _usage.FinishReason, _usage.Pieces / 12));
    }

    [Fact]
    public async Task Read_ReasonButNoDone_IsCompleted() =>
        Assert.Equal(EngineAnswer.Event("x") + EngineAnswer.Finish + EngineAnswer.Done, await ReadAsync(EngineAnswer.Event("x") + EngineAnswer.Finish, 10));

    [Fact]
    public async Task Read_DoneWithoutItsEmptyLine_IsCompleted() =>
        Assert.Equal(EngineAnswer.Event("x") + EngineAnswer.Done, await ReadAsync(EngineAnswer.Event("x") + "data: [DONE]", 10));

    [Fact]
    public async Task Read_JsonOfSeveralLines_BecomesOne() =>
        Assert.Equal("data: {\"choices\":  [{\"delta\":{\"content\":\"x\"}}] }\n\n" + EngineAnswer.Done, await ReadAsync("data: {\"choices\":\ndata:  [{\"delta\":{\"content\":\"x\"}}]\ndata: }\n\n" + EngineAnswer.Done, 5));

    [Fact]
    public async Task Read_MoreAfterTheEnd_IsNotPassed() =>
        Assert.Equal(EngineAnswer.Event("x") + EngineAnswer.Done, await ReadAsync(EngineAnswer.Event("x") + EngineAnswer.Done + EngineAnswer.Event("y"), 10_000));

    [Theory]
    [InlineData("", "broke_off")]
    [InlineData(": ping\n\n", "broke_off")]
    [InlineData(Role, "broke_off")]
    [InlineData("data: hello\n\n", "malformed")]
    [InlineData("data: {\"error\":{\"message\":\"secret\"}}\n\n", "failed")]
    [InlineData("error: {\"code\":500}\n\n", "failed")]
    public async Task Open_NoFirstToken_IsAFailureThatTellsNothingOfIt(string stream, string reason)
    {
        await using var events = Open(stream, 3, hidesUsage: false);

        var failure = await events.OpenAsync();

        Assert.Equal(reason, failure?.Reason);
        Assert.DoesNotContain("secret", failure!.Detail, StringComparison.Ordinal);
    }

    // What is awaited is there already, so every byte that is allocated is this stream's own.
    [Fact]
    public async Task Read_ManyEvents_AllocatesNothingForEach()
    {
        const int Warm = 200;
        const int Events = 2000;
        var stream = string.Concat(Enumerable.Repeat(EngineAnswer.Event("token"), Warm + Events + 10)) + EngineAnswer.Done;
        await using var events = Open(stream, EngineAnswer.Event("token").Length, hidesUsage: false);
        Assert.Null(await events.OpenAsync());
        var buffer = new byte[4096];
        Pump(events, buffer, Warm);

        var before = GC.GetAllocatedBytesForCurrentThread();
        Pump(events, buffer, Events);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 0, Events);
    }

    private static void Pump(EventStream events, byte[] buffer, int count)
    {
        for (var i = 0; i < count; i++)
        {
            // No assertion of the framework's in here: those allocate.
            var none = events.ReadAsync(Memory<byte>.Empty);
            var some = none is { IsCompletedSuccessfully: true, Result: 0 } ? events.ReadAsync(buffer) : default;
            if (some is not { IsCompletedSuccessfully: true, Result: > 0 })
            {
                throw new InvalidOperationException("It was not there, or it ended.");
            }
        }
    }

    private async Task<string> ReadAsync(string stream, int size, bool hidesUsage = false)
    {
        await using var events = Open(stream, size, hidesUsage);
        Assert.Null(await events.OpenAsync());
        var read = new MemoryStream();
        var buffer = new byte[37];
        while (true)
        {
            Assert.Equal(0, await events.ReadAsync(Memory<byte>.Empty, TestContext.Current.CancellationToken));
            var count = await events.ReadAsync(buffer, TestContext.Current.CancellationToken);
            if (count == 0)
            {
                return Encoding.UTF8.GetString(read.ToArray());
            }

            read.Write(buffer, 0, count);
        }
    }

    private EventStream Open(string stream, int size, bool hidesUsage)
    {
        var engine = new EngineOptions { Name = "engine", Address = "http://127.0.0.1:1" };
        var attempt = new CallAttempt(new ModelTarget(engine, "m"), 0)
        {
            Clock = new AttemptClock(TimeProvider.System, TimeSpan.FromMinutes(1), long.MaxValue, CancellationToken.None),
            Request = new DialectRequest("v1/chat/completions", default, hidesUsage),
        };
        var filter = new EventFilter(_usage, translator: null, hidesUsage, TimeProvider.System);
        return new EventStream(new PiecewiseStream(Encoding.UTF8.GetBytes(stream), size), filter, attempt, new DefaultHttpContext(), TimeProvider.System, TimeSpan.FromMinutes(1));
    }

    /// <summary>Gives so many bytes a read.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int size) : MemoryStream(bytes, writable: false)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
    }
}
