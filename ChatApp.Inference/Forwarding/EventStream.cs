using System.Diagnostics;
using System.Runtime.CompilerServices;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Forwarding;

/// <summary>
/// An engine's stream of events as the caller gets it. It is opened up to its first piece of text before anything is sent, so
/// that until then another target can answer; what comes before that piece is held back. Later failures become its last event.
/// </summary>
internal sealed class EventStream(Stream source, EventFilter filter, CallAttempt attempt, HttpContext context, TimeProvider time, TimeSpan idle) : Stream
{
    private const int MostHeldBack = 64 * 1024;
    private static readonly TimeSpan LongestEnd = TimeSpan.FromMilliseconds(250);

    private readonly EventParser _parser = new();
    private readonly AttemptClock _clock = attempt.Clock!;
    private bool _isOpen;
    private bool _hasEnded;
    private bool _isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Reads up to the first piece of the answer.</summary>
    /// <returns>Why there is none; null when there is.</returns>
    /// <exception cref="OperationCanceledException">The caller left.</exception>
    public async Task<AttemptFailure?> OpenAsync()
    {
        try
        {
            await FillAsync();
            _clock.Begin(idle);
            _isOpen = true;
            return null;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            return StreamFailures.Of(exception, _clock);
        }
    }

    // An empty buffer waits until there is something, as the forwarder does to hold none of its own meanwhile.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (filter.Output.Length == 0 && !_hasEnded)
        {
            try
            {
                _clock.Touch(time.GetTimestamp());
                await FillAsync();
            }
            catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
            {
                BreakOff(StreamFailures.Of(exception, _clock));
            }

            _clock.Pause();
        }

        return buffer.IsEmpty ? 0 : filter.Output.Take(buffer.Span);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Nothing is written to it.
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            // Before its end this closes the connection, and the engine stops.
            _isDisposed = true;
            source.Dispose();
            _parser.Dispose();
            filter.Dispose();
        }

        base.Dispose(disposing);
    }

    // Returns with something to pass on, or at the end.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FillAsync()
    {
        if (filter.IsDone)
        {
            await DrainAsync();
            return;
        }

        while (true)
        {
            TakeEvents();
            if (filter.IsDone || (filter.Output.Length > 0 && (_isOpen || filter.HasPiece || filter.HasFinish || filter.Output.Length > MostHeldBack)))
            {
                return;
            }

            if (_parser.IsEmpty)
            {
                _parser.Release();
                var none = await source.ReadAsync(Memory<byte>.Empty, _clock.Token);
                Debug.Assert(none == 0, "An empty buffer takes nothing.");
            }

            var count = await source.ReadAsync(_parser.Room(), _clock.Token);
            if (count == 0)
            {
                End();
                return;
            }

            _parser.Advance(count);
        }
    }

    private void TakeEvents()
    {
        var gotOn = false;
        while (!filter.IsDone && _parser.TryNext())
        {
            gotOn |= filter.Take(_parser.Name, _parser.Data);
        }

        if (gotOn && _isOpen)
        {
            _clock.Touch(time.GetTimestamp());
        }
    }

    private void End()
    {
        if (_parser.TryLast())
        {
            filter.Take(_parser.Name, _parser.Data);
        }

        if (!filter.IsDone && !filter.HasFinish)
        {
            throw new EndOfStreamException("The answer has no end.");
        }

        // Some leave out the last event, and said before why they end.
        filter.Finish();
        _hasEnded = true;
    }

    // The caller has it all. A connection that is read to its end can be used again, if that end comes soon.
    private async ValueTask DrainAsync()
    {
        _hasEnded = true;
        _clock.Begin(LongestEnd);
        try
        {
            while (await source.ReadAsync(_parser.Room(), _clock.Token) > 0)
            {
                // What follows the last event is nobody's.
            }
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException or OperationCanceledException)
        {
            // Then the connection is closed.
        }
    }

    private void BreakOff(AttemptFailure failure)
    {
        _hasEnded = true;
        source.Dispose();
        attempt.Failure = failure;
        var last = GatewayErrors.ToEvent(context, GatewayError.MidStream(attempt.Target.Engine.Name, failure.Reason, failure.Reason is AttemptFailure.Timeout));
        last.CopyTo(filter.Output.GetSpan(last.Length));
        filter.Output.Advance(last.Length);
    }
}
