using System.Text;
using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>Writes an answer, with what goes wrong in it.</summary>
internal sealed class FaultScript(InjectedFault fault, TimeSpan slowByteEvery, string ping, string? errorEvent, Func<int, CancellationToken, Task>? beforeEvent)
{
    /// <summary>Does what happens before anything is answered; whether that was all.</summary>
    public static async Task<bool> BeforeAsync(HttpContext context, InjectedFault fault, Func<TargetError, Task> refuse, int loadingStatus)
    {
        if (fault.AfterEvents > 0)
        {
            return false;
        }

        switch (fault.Fault)
        {
            case TargetFault.Refuse or TargetFault.Reset:
                context.Abort();
                return true;
            case TargetFault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return true;
            case TargetFault.ServerError:
                await refuse(new TargetError(500, TargetErrorKind.Server, "The target failed."));
                return true;
            case TargetFault.TooManyRequests:
                await refuse(new TargetError(429, TargetErrorKind.TooManyRequests, "Rate limit reached."));
                return true;
            case TargetFault.Loading:
                await refuse(new TargetError(loadingStatus, TargetErrorKind.Loading, "Loading model"));
                return true;
            case TargetFault.ContextTooLong:
                await refuse(new TargetError(400, TargetErrorKind.ContextTooLong, "The prompt is longer than the context of 4096 tokens."));
                return true;
            case TargetFault.WrongContentType:
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync("<!doctype html><title>Sign in</title><p>Your network wants you to sign in.", context.RequestAborted);
                return true;
            default:
                return false;
        }
    }

    public async Task StreamAsync(HttpContext context, IReadOnlyList<string> events)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        // Headers first, as the real ones do.
        await context.Response.Body.FlushAsync(context.RequestAborted);
        for (var i = 0; i < events.Count; i++)
        {
            if (beforeEvent is not null)
            {
                await beforeEvent(i, context.RequestAborted);
            }

            if (i == fault.AfterEvents && !await FailAsync(context, events[i]))
            {
                return;
            }

            if (fault.Fault == TargetFault.SlowBytes && i >= fault.AfterEvents)
            {
                await SlowlyAsync(context, events[i]);
            }
            else
            {
                await SendAsync(context, events[i]);
            }
        }
    }

    public async Task WholeAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        switch (fault.Fault)
        {
            case TargetFault.MalformedEvent:
                await SendAsync(context, "{\"id\":\"chatcmpl-1\",,}");
                break;
            case TargetFault.HalfJson or TargetFault.EndEarly:
                await SendAsync(context, body[..(body.Length / 2)]);
                break;
            case TargetFault.OversizedEvent:
                // Well-formed, and more than anyone wants to hold.
                await SendAsync(context, body[..^1]);
                for (var sent = 0; sent < 4 * FakeTarget.OversizedBytes; sent += Padding.Length)
                {
                    await SendAsync(context, Padding);
                }

                await SendAsync(context, "}");
                break;
            case TargetFault.SlowBytes or TargetFault.PingsOnly:
                await SlowlyAsync(context, body);
                break;
            case TargetFault.None:
                await SendAsync(context, body);
                break;
            default:
                await SendAsync(context, body[..(body.Length / 2)]);
                await FailAsync(context, body);
                break;
        }
    }

    private static string Padding { get; } = new(' ', 64 * 1024);

    // Whether the rest follows.
    private async Task<bool> FailAsync(HttpContext context, string next)
    {
        switch (fault.Fault)
        {
            case TargetFault.None or TargetFault.SlowBytes:
                return true;
            case TargetFault.MalformedEvent:
                await SendAsync(context, "data: {\"id\":\"chatcmpl-1\",\"choices\":[{\"delta\":}]}\n\n");
                return true;
            case TargetFault.OversizedEvent:
                await SendAsync(context, "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"");
                await SendAsync(context, new string('x', FakeTarget.OversizedBytes));
                await SendAsync(context, "\"},\"finish_reason\":null}]}\n\n");
                return true;
            case TargetFault.ServerError:
                if (errorEvent is not null)
                {
                    await SendAsync(context, errorEvent);
                    return false;
                }

                context.Abort();
                return false;
            case TargetFault.HalfJson:
                await SendAsync(context, next[..(next.Length / 2)]);
                return false;
            case TargetFault.EndEarly:
                return false;
            case TargetFault.PingsOnly:
                while (true)
                {
                    await SendAsync(context, ping);
                    await Task.Delay(slowByteEvery, context.RequestAborted);
                }

            case TargetFault.Hang:
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
                return false;
            default:
                context.Abort();
                return false;
        }
    }

    private async Task SlowlyAsync(HttpContext context, string text)
    {
        foreach (var character in text)
        {
            await SendAsync(context, character.ToString());
            await Task.Delay(slowByteEvery, context.RequestAborted);
        }
    }

    private static async Task SendAsync(HttpContext context, string text)
    {
        await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
