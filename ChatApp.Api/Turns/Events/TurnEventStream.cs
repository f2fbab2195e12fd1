using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Http.Features;

namespace ChatApp.Api.Turns.Events;

/// <summary>A turn's events as <c>text/event-stream</c>. What is read together is written together.</summary>
internal sealed class TurnEventStream(IAsyncEnumerable<IReadOnlyList<TurnEvent>> batches, TimeProvider time) : IResult, IStatusCodeHttpResult
{
    public const string ContentType = "text/event-stream";

    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(15);

    public int? StatusCode => StatusCodes.Status200OK;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        // Proxies of the nginx family hold back what they are not told to pass on.
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        // A process that stops closes its streams, and readers resume at another one.
        var lifetime = httpContext.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await response.StartAsync(ending.Token);
            await response.BodyWriter.FlushAsync(ending.Token);
            await WriteAsync(response.BodyWriter, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The reader has left, or is asked to come again.
        }
    }

    private async Task WriteAsync(PipeWriter body, CancellationToken cancellationToken)
    {
        var lastWrite = time.GetTimestamp();
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            if (batch is [] && time.GetElapsedTime(lastWrite) < KeepAlive)
            {
                continue;
            }

            if (batch is [])
            {
                body.Write(": keep-alive\n\n"u8);
            }

            foreach (var turnEvent in batch)
            {
                Write(body, turnEvent);
            }

            lastWrite = time.GetTimestamp();
            var flushed = await body.FlushAsync(cancellationToken);
            if (flushed.IsCompleted)
            {
                return;
            }
        }
    }

    // Data is one line of JSON, in which every line break is escaped, so no value can end the event early.
    private static void Write(PipeWriter body, TurnEvent turnEvent)
    {
        body.Write("id: "u8);
        Encoding.UTF8.GetBytes(new EventCursor(turnEvent.Seq, turnEvent.Offset).ToString(), body);
        body.Write("\nevent: "u8);
        Encoding.UTF8.GetBytes(turnEvent.Type, body);
        body.Write("\ndata: "u8);
        Encoding.UTF8.GetBytes(turnEvent.Data, body);
        body.Write("\n\n"u8);
    }
}
