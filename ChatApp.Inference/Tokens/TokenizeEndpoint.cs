using System.Text.Json;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Limits;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Tokens;

/// <summary>
/// <c>POST /v1/tokenize</c>: how many tokens texts have, in the words of the engine that serves the model, and how many it can hold.
/// Texts are never sent outside for it. Nothing else of an engine's own tokenizer is reached through it.
/// </summary>
internal static class TokenizeEndpoint
{
    private const int MaxPrompts = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static void MapTokenize(this WebApplication app) =>
        app.MapPost("/v1/tokenize", CountAsync).RequireRateLimiting(LimitExtensions.EnginePolicy);

    private static async Task CountAsync(HttpContext context, ModelDirectory models, EngineTokenizer tokenizer)
    {
        if (await ReadAsync(context) is not { Model: { Length: > 0 } model, Prompts: { Count: <= MaxPrompts } prompts } || prompts.Contains(null!))
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest(
                $"The body must be a JSON object with the text 'model' and the list of texts 'prompts', at most {MaxPrompts}."));
            return;
        }

        var snapshot = models.Current;
        if (snapshot.Find(model) is not { } route)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.UnknownModel(model));
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(Patience);
        var outcome = GatewayError.NoTokenizer(model);
        foreach (var target in Serving(snapshot, route))
        {
            if (prompts is not [] && target.Engine.IsOutside)
            {
                // What is counted may hold what must stay inside, such as memories that are still to be chosen from. An estimate does.
                continue;
            }

            try
            {
                if (await tokenizer.CountAsync(target, prompts, limit.Token) is { } counted)
                {
                    await context.Response.WriteAsJsonAsync(counted, TokenizeJson.Default.TokenCount, contentType: null, context.RequestAborted);
                    return;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or TimeoutException or JsonException or InvalidOperationException or KeyNotFoundException
                || (exception is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
            {
                // Another target may serve the model too.
                outcome = GatewayError.EngineUnavailable;
            }
        }

        await GatewayErrors.WriteAsync(context, outcome);
    }

    // A virtual model may answer by either of two; what the small one can hold, both can.
    private static IEnumerable<ModelTarget> Serving(ModelSnapshot snapshot, ModelRoute route) =>
        (route.Auto is { } auto ? snapshot.Find(auto.Small)?.Targets ?? [] : route.Targets).OrderBy(static target => target.Priority);

    private static async Task<TokenizeRequest?> ReadAsync(HttpContext context)
    {
        try
        {
            // Bounded by Kestrel's MaxRequestBodySize, which ends the read with 413.
            return await JsonSerializer.DeserializeAsync(context.Request.Body, TokenizeJson.Default.TokenizeRequest, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
