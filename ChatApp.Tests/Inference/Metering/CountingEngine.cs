using Microsoft.AspNetCore.Http;

namespace ChatApp.Tests.Inference.Metering;

/// <summary>An engine that counts tokens: 1,000 of a prompt, 400 of them cached, and 50 of an answer.</summary>
internal static class CountingEngine
{
    public const string Usage = """{"prompt_tokens":1000,"completion_tokens":50,"total_tokens":1050,"prompt_tokens_details":{"cached_tokens":400}}""";

    /// <summary>What such a call costs at <see cref="MeteredGateway.Price"/>.</summary>
    public const decimal Cost = ((600 * 1m) + (400 * 0.1m) + (50 * 10m)) / 1_000_000;

    public static async Task AnswerAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (body.Contains("\"stream\":true", StringComparison.Ordinal))
        {
            await EngineAnswer.WriteEventsAsync(
                context, EngineAnswer.Event("One"), EngineAnswer.Event("Two"), EngineAnswer.Finish, $"data: {{\"choices\":[],\"usage\":{Usage}}}\n\n", EngineAnswer.Done);
        }
        else
        {
            await EngineAnswer.WriteJsonAsync(
                context, $$$"""{"id":"1","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"One"},"finish_reason":"stop"}],"usage":{{{Usage}}}}""");
        }
    }
}
