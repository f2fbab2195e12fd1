using System.Text.Json;
using ChatApp.Inference.Admin;
using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>Tells of a pull as it goes on: server-sent events <c>progress</c>, a few a second, until it has ended.</summary>
internal sealed class PullEvents(ModelPulls pulls, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    // So that a proxy in between does not take silence for the end.
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Writes until the pull has ended, or nobody listens any more.</summary>
    public async Task WriteAsync(HttpContext context, Guid id)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        var (pull, changed) = await pulls.LookAsync(id, end.Token);
        if (pull is null)
        {
            await GatewayErrors.WriteAsync(context, AdminErrors.NotFound("pull"));
            return;
        }

        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await TellAsync(context, pull, end.Token);
            while (pull is { EndedAt: null })
            {
                var told = pull;
                await Task.WhenAny(changed, Task.Delay(Heartbeat, time, end.Token));
                // A pull changes many times a second; what was passed over is in the next.
                await Task.Delay(Pace, time, end.Token);
                (pull, changed) = await pulls.LookAsync(id, end.Token);
                if (pull is not null && pull != told)
                {
                    await TellAsync(context, pull, end.Token);
                }
                else
                {
                    await context.Response.WriteAsync(":\n\n", end.Token);
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or Npgsql.NpgsqlException)
        {
            // Whoever listens asks again.
        }
    }

    private static async Task TellAsync(HttpContext context, Pull pull, CancellationToken cancellationToken)
    {
        await context.Response.WriteAsync($"event: progress\ndata: {JsonSerializer.Serialize(pull, AdminJson.Default.Pull)}\n\n", cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
