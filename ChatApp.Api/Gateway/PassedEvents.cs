using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Turns.Events;
using Microsoft.AspNetCore.Http.Features;

namespace ChatApp.Api.Gateway;

/// <summary>Passes a stream of events on as it comes. When the gateway breaks off, it ends: its reader asks again.</summary>
internal sealed class PassedEvents(HttpResponseMessage source, IDisposable place, AccessPass access, OpenReaders readers)
    : IResult, IStatusCodeHttpResult, IOpenReader
{
    private const int BufferSize = 4096;

    private CancellationTokenSource? _closing;

    /// <inheritdoc/>
    public AccessPass Access => access;

    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var taken = place;
        using var from = source;
        using var closing = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        _closing = closing;
        var (response, gone) = (httpContext.Response, closing.Token);
        response.ContentType = TurnEventStream.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        readers.Add(this);
        try
        {
            await response.StartAsync(gone);
            await using var events = await from.Content.ReadAsStreamAsync(gone);
            var buffer = new byte[BufferSize];
            while (await events.ReadAsync(buffer, gone) is > 0 and var read)
            {
                await response.Body.WriteAsync(buffer.AsMemory(0, read), gone);
                await response.Body.FlushAsync(gone);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or HttpRequestException or TimeoutException)
        {
            // One of the two sides has left.
        }
        finally
        {
            readers.Remove(this);
        }
    }

    /// <inheritdoc/>
    public void Tick()
    {
        // The gateway says something often enough by itself.
    }

    /// <inheritdoc/>
    public void End() => Stop();

    /// <inheritdoc/>
    public void Stop()
    {
        try
        {
            _closing?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended.
        }
    }
}
