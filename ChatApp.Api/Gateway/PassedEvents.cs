using ChatApp.Api.Turns.Events;
using Microsoft.AspNetCore.Http.Features;

namespace ChatApp.Api.Gateway;

/// <summary>Passes a stream of events on as it comes. When the gateway breaks off, it ends: its reader asks again.</summary>
internal sealed class PassedEvents(HttpResponseMessage source, IDisposable place) : IResult, IStatusCodeHttpResult
{
    private const int BufferSize = 4096;

    /// <inheritdoc/>
    public int? StatusCode => StatusCodes.Status200OK;

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var taken = place;
        using var from = source;
        var (response, gone) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = TurnEventStream.ContentType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
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
    }
}
