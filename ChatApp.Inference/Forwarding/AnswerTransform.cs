using System.Net.Http.Headers;
using ChatApp.Inference.Attempts;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Engines;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Transforms;

namespace ChatApp.Inference.Forwarding;

/// <summary>
/// Judges what a target answers before the caller gets a byte of it. What is no answer is noted as the try's failure and not
/// passed on; what is one is passed on in OpenAI's shape.
/// </summary>
internal sealed class AnswerTransform(DialectCatalog dialects, EngineHealth health, IOptions<GatewayOptions> options, TimeProvider time) : ResponseTransform
{
    private const int LargestRefusal = 64 * 1024;

    public override async ValueTask ApplyAsync(ResponseTransformContext context)
    {
        if (context.ProxyResponse is not { } response)
        {
            return;
        }

        var call = GatewayCall.Of(context.HttpContext);
        var attempt = call.Attempts[^1];
        attempt.Failure = await JudgeAsync(context.HttpContext, response, call, attempt);
        if (attempt.Failure is null)
        {
            health.Answering(attempt.Target.Engine);
        }
        else
        {
            context.SuppressResponseBody = true;
        }
    }

    private async Task<AttemptFailure?> JudgeAsync(HttpContext context, HttpResponseMessage response, GatewayCall call, CallAttempt attempt)
    {
        var clock = attempt.Clock!;
        try
        {
            return response switch
            {
                { IsSuccessStatusCode: true } when !HasContentType(response, call.Streams) =>
                    new AttemptFailure(AttemptFailure.ContentType, $"It answered with {Shortly(response.Content.Headers.ContentType)}.", BlamesEngine: true),
                { IsSuccessStatusCode: true } when call.Streams => await OpenAsync(context, response, call, attempt),
                { IsSuccessStatusCode: true } => await ReadAsync(context, response, call, attempt),
                _ when RefusalReader.IsCallersFault(response.StatusCode) => await RefuseAsync(context, response, attempt),
                _ => await RefusalReader.ReadAsync(response, clock, time.GetUtcNow()),
            };
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            return StreamFailures.Of(exception, clock);
        }
    }

    private async Task<AttemptFailure?> OpenAsync(HttpContext context, HttpResponseMessage response, GatewayCall call, CallAttempt attempt)
    {
        var translator = dialects.For(attempt.Target.Engine.Kind).TranslateEvents(call, attempt.Target);
        var filter = new EventFilter(call.Usage, translator, attempt.Request!.HidesUsage, time);
        var idle = options.Value.IdleTimeout < options.Value.ActivityTimeout ? options.Value.IdleTimeout : options.Value.ActivityTimeout;
        var events = new EventStream(await response.Content.ReadAsStreamAsync(attempt.Clock!.Token), filter, attempt, context, time, idle);
        try
        {
            if (await events.OpenAsync() is { } failure)
            {
                await events.DisposeAsync();
                return failure;
            }
        }
        catch
        {
            await events.DisposeAsync();
            throw;
        }

        response.Content = new StreamContent(events);
        context.Response.Headers.ContentLength = null;
        context.Response.Headers.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-cache";
        return null;
    }

    private async Task<AttemptFailure?> ReadAsync(HttpContext context, HttpResponseMessage response, GatewayCall call, CallAttempt attempt)
    {
        var body = await AnswerBody.ReadAsync(response.Content, AnswerBody.Bound(call.Kind), attempt.Clock!);
        body = dialects.For(attempt.Target.Engine.Kind).TranslateBody(call, attempt.Target, body);
        AnswerBody.Check(body, call, time.GetTimestamp());
        Replace(context, response, body);
        return null;
    }

    private async Task<AttemptFailure?> RefuseAsync(HttpContext context, HttpResponseMessage response, CallAttempt attempt)
    {
        var body = await AnswerBody.ReadAsync(response.Content, LargestRefusal, attempt.Clock!);
        Replace(context, response, dialects.For(attempt.Target.Engine.Kind).TranslateError((int)response.StatusCode, body));
        return null;
    }

    private static void Replace(HttpContext context, HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        response.Content = new ReadOnlyMemoryContent(body);
        context.Response.Headers.ContentLength = body.Length;
        context.Response.Headers.ContentType = "application/json";
    }

    private static bool HasContentType(HttpResponseMessage response, bool streams) =>
        response.Content.Headers.ContentEncoding.Count == 0
        && string.Equals(response.Content.Headers.ContentType?.MediaType, streams ? "text/event-stream" : "application/json", StringComparison.OrdinalIgnoreCase);

    private static string Shortly(MediaTypeHeaderValue? type) => type?.MediaType is { Length: > 0 and <= 100 } name ? name : "no content type";
}
