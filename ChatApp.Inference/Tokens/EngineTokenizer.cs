using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Tokens;

/// <summary>
/// Asks a target's own tokenizer, in its own way. Anthropic counts whole requests only (<c>POST /v1/messages/count_tokens</c>: with what a message
/// adds, one text a call, within a rate limit), which is no count of a text; Ollama, OpenAI and Azure count for nobody.
/// </summary>
internal sealed class EngineTokenizer(IHttpClientFactory clients)
{
    /// <summary>The HttpClient's name.</summary>
    public const string ClientName = "engine-tokenizer";

    // An answer lists all tokens of one text.
    private const int MaxAnswer = 16 * 1024 * 1024;
    private const int AtOnce = 4;

    /// <summary>Counts the texts; null when the target has no tokenizer that can be asked.</summary>
    /// <exception cref="HttpRequestException">It does not answer, or with an error.</exception>
    public async Task<TokenCount?> CountAsync(ModelTarget target, List<string> prompts, CancellationToken cancellationToken)
    {
        var counted = target.Engine.Kind switch
        {
            EngineKind.LlamaCpp => await CountByLlamaAsync(target.Engine, prompts, cancellationToken),
            EngineKind.OpenAI => await CountByVllmAsync(target, prompts, cancellationToken),
            _ => null,
        };
        // What the operator says of the target holds: it may be meant to be filled less than it could.
        return counted is null || target.ContextTokens is not { } context ? counted : counted with { MaxModelLen = context };
    }

    private async Task<TokenCount?> CountByLlamaAsync(EngineOptions engine, List<string> prompts, CancellationToken cancellationToken)
    {
        using var client = CreateClient(engine);
        using var properties = await client.GetAsync("props", cancellationToken);
        if (properties.StatusCode is HttpStatusCode.NotFound)
        {
            // Something else that has llama-server's /health.
            return null;
        }

        var context = await ReadAsync(properties, static root => root.GetProperty("default_generation_settings").GetProperty("n_ctx").GetInt32(), cancellationToken);
        var counts = await EachAsync(prompts, prompt => AskAsync(
            client, new LlamaTokenize(prompt), TokenizeJson.Default.LlamaTokenize, static root => root.GetProperty("tokens").GetArrayLength(), cancellationToken));
        return new TokenCount(counts, context);
    }

    private async Task<TokenCount?> CountByVllmAsync(ModelTarget target, List<string> prompts, CancellationToken cancellationToken)
    {
        using var client = CreateClient(target.Engine);
        var context = 0;
        try
        {
            // It tells its context with a count, so at least one is asked for.
            var counts = await EachAsync(prompts is [] ? [""] : prompts, prompt => AskAsync(
                client,
                new VllmTokenize(target.Model, prompt),
                TokenizeJson.Default.VllmTokenize,
                root =>
                {
                    Volatile.Write(ref context, root.TryGetProperty("max_model_len", out var length) ? length.GetInt32() : 0);
                    return root.GetProperty("count").GetInt32();
                },
                cancellationToken));
            return new TokenCount(prompts is [] ? [] : counts, context > 0 ? context : null);
        }
        catch (HttpRequestException exception) when (exception.StatusCode is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError and not HttpStatusCode.TooManyRequests)
        {
            // Most of what speaks OpenAI's dialect counts for nobody.
            return null;
        }
    }

    private static async Task<List<int>> EachAsync(List<string> prompts, Func<string, Task<int>> count)
    {
        var counts = new List<int>(prompts.Count);
        foreach (var some in prompts.Chunk(AtOnce))
        {
            counts.AddRange(await Task.WhenAll(some.Select(count)));
        }

        return counts;
    }

    private static async Task<int> AskAsync<T>(
        HttpClient client, T question, JsonTypeInfo<T> type, Func<JsonElement, int> read, CancellationToken cancellationToken)
    {
        using var response = await client.PostAsJsonAsync("tokenize", question, type, cancellationToken);
        return await ReadAsync(response, read, cancellationToken);
    }

    private static async Task<int> ReadAsync(HttpResponseMessage response, Func<JsonElement, int> read, CancellationToken cancellationToken)
    {
        response.EnsureSuccessStatusCode();
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        using var document = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
        return read(document.RootElement);
    }

    private HttpClient CreateClient(EngineOptions engine)
    {
        var client = clients.CreateClient(ClientName);
        client.BaseAddress = new Uri(engine.Address.TrimEnd('/') + "/");
        client.MaxResponseContentBufferSize = MaxAnswer;
        if (!string.IsNullOrEmpty(engine.Key))
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Key);
        }

        return client;
    }
}
