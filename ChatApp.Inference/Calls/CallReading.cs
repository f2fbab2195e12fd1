using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Calls;

/// <summary>Reads what is asked, and finds the model; every later stage has it from <see cref="GatewayCall.Of"/>.</summary>
internal sealed class CallReading(RequestDelegate next, ModelDirectory models, IOptions<GatewayOptions> options, TimeProvider time)
{
    private const int MaximumName = 100;
    private const int BytesPerToken = 4;

    public async Task InvokeAsync(HttpContext context)
    {
        var began = time.GetTimestamp();
        // Bounded by Kestrel's MaxRequestBodySize, which ends the read with 413.
        var bytes = new MemoryStream((int)Math.Min(context.Request.ContentLength ?? 4096, options.Value.MaxRequestBodyBytes));
        await context.Request.Body.CopyToAsync(bytes, context.RequestAborted);
        if (CallBody.Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length)) is not { } body)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest("The body must be a JSON object with the text 'model'."));
            return;
        }

        if (models.Current.Find(body.Model) is not { } model)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.UnknownModel(body.Model));
            return;
        }

        context.Features.Set(new GatewayCall
        {
            Kind = KindOf(context.Request.Path),
            Body = body,
            Began = began,
            Caller = Name(context, CallHeaders.Caller) ?? body.User ?? "",
            Conversation = Name(context, CallHeaders.Conversation) ?? body.PromptCacheKey,
            IsShared = string.Equals(context.Request.Headers[CallHeaders.Cache], "shared", StringComparison.OrdinalIgnoreCase),
            StaysInside = context.Request.Headers.ContainsKey(CallHeaders.Inside),
            Deadline = began + (long)(DeadlineOf(context).TotalSeconds * time.TimestampFrequency),
            Model = model,
            EstimatedInputTokens = Math.Max(1, body.PromptBytes.Length / BytesPerToken),
            ExpectedOutputTokens = Math.Min(body.MaxTokens ?? options.Value.ExpectedOutputTokens, options.Value.ExpectedOutputTokens),
        });
        await next(context);
    }

    private static CallKind KindOf(PathString path) => path.Value switch
    {
        "/v1/embeddings" => CallKind.Embedding,
        "/v1/completions" => CallKind.Completion,
        _ => CallKind.Chat,
    };

    private static string? Name(HttpContext context, string header) =>
        context.Request.Headers[header].ToString() is { Length: > 0 and <= MaximumName } name ? name : null;

    private TimeSpan DeadlineOf(HttpContext context)
    {
        var longest = options.Value.FirstByteDeadline;
        return long.TryParse(context.Request.Headers[CallHeaders.Deadline], System.Globalization.CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds >= 0 && milliseconds < longest.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(milliseconds)
            : longest;
    }
}
