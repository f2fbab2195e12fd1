using System.Buffers;
using System.IO.Pipelines;
using ChatApp.Api.Accounts.Access;
using Microsoft.AspNetCore.Http.Features;

namespace ChatApp.Api.Turns.Events;

/// <summary>A turn's events as <c>text/event-stream</c>. What is read together is written together.</summary>
/// <remarks>Thousands are open at once, and most of their time they wait: what one holds meanwhile is counted in bytes.</remarks>
internal sealed class TurnEventStream(
    TurnRow turn, EventCursor cursor, IDisposable place, AccessPass access, TurnFeeds feeds, OpenReaders readers, TimeProvider time)
    : IResult, IStatusCodeHttpResult, IOpenReader
{
    public const string ContentType = "text/event-stream";

    private const int UsualBatch = 16;

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    // Someone who takes nothing for that long has gone, or will do better with a new connection.
    private static readonly TimeSpan LongestWrite = TimeSpan.FromSeconds(60);

    private readonly ReaderSignal _signal = new();
    // Its text may be long, and is not needed once it was sent.
    private TurnRow? _turn = turn;
    private HttpContext? _context;
    private long _lastWrite;
    private long _writingSince;
    private volatile bool _isStopped;

    public int? StatusCode => StatusCodes.Status200OK;

    public AccessPass Access => access;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        try
        {
            _context = httpContext;
            _lastWrite = time.GetTimestamp();
            await StartAsync(httpContext);
            using var follower = await feeds.FollowAsync(_turn!, cursor, _signal, httpContext.RequestAborted);
            using var gone = httpContext.RequestAborted.UnsafeRegister(static state => ((TurnEventStream)state!).Stop(), this);
            _turn = null;
            readers.Add(this);
            await WriteAsync(httpContext.Response.BodyWriter, follower);
        }
        catch (OperationCanceledException) when (httpContext.RequestAborted.IsCancellationRequested)
        {
            // The reader has left.
        }
        finally
        {
            readers.Remove(this);
            place.Dispose();
        }
    }

    // Who may still read comes again with another token.
    public void End() => Stop();

    public void Stop()
    {
        _isStopped = true;
        _signal.Wake();
    }

    public void Tick()
    {
        var writingSince = Volatile.Read(ref _writingSince);
        if (writingSince != 0 && time.GetElapsedTime(writingSince) > LongestWrite)
        {
            _context?.Abort();
        }
        else if (IsKeepAliveDue)
        {
            _signal.Wake();
        }
    }

    private bool IsKeepAliveDue => time.GetElapsedTime(Volatile.Read(ref _lastWrite)) >= KeepAlive;

    private static async Task StartAsync(HttpContext context)
    {
        var response = context.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // Proxies of the nginx family hold back what they are not told to pass on.
        response.Headers["X-Accel-Buffering"] = "no";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await response.StartAsync(context.RequestAborted);
        await response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    private async Task WriteAsync(PipeWriter body, TurnFollower follower)
    {
        var batch = new List<TurnEvent>();
        // A process that stops closes its streams, and readers resume at another one.
        while (!_isStopped && !follower.HasEnded)
        {
            await follower.ReadAsync(batch);
            if (batch is [] && !IsKeepAliveDue)
            {
                if (!follower.HasEnded)
                {
                    await _signal.WaitAsync();
                }

                continue;
            }

            Write(body, batch);
            if (batch.Capacity > UsualBatch)
            {
                batch = [];
            }

            batch.Clear();
            Volatile.Write(ref _writingSince, time.GetTimestamp());
            var flushed = await body.FlushAsync();
            Volatile.Write(ref _lastWrite, time.GetTimestamp());
            Volatile.Write(ref _writingSince, 0);
            if (flushed.IsCompleted)
            {
                return;
            }
        }
    }

    private static void Write(PipeWriter body, List<TurnEvent> batch)
    {
        if (batch is [])
        {
            body.Write(": keep-alive\n\n"u8);
        }

        foreach (var turnEvent in batch)
        {
            EventFrames.WriteStream(turnEvent, body);
        }
    }
}
