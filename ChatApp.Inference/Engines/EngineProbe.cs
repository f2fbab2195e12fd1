using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Dialects.Anthropic;
using OllamaSharp;
using OllamaSharp.Models.Exceptions;

namespace ChatApp.Inference.Engines;

/// <summary>Asks one engine, in its own way, whether it can answer. Bounded by the client to a few seconds.</summary>
internal sealed partial class EngineProbe(IHttpClientFactory clients, ILogger<EngineProbe> logger)
{
    /// <summary>The HttpClient's name.</summary>
    public const string ClientName = "engine-probe";

    public async Task<EngineState> AskAsync(EngineOptions engine, CancellationToken cancellationToken)
    {
        try
        {
            return engine.Kind switch
            {
                EngineKind.Ollama => await AskOllamaAsync(engine, cancellationToken),
                EngineKind.OpenAI or EngineKind.Anthropic => await AskAsync(engine, "v1/models", cancellationToken),
                EngineKind.AzureOpenAI => await AskAsync(engine, AzureOpenAIDialect.ModelsPath(engine), cancellationToken),
                _ => await AskAsync(engine, "health", cancellationToken),
            };
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or IOException or OllamaException or JsonException)
        {
            LogUnreachable(logger, engine.Name, engine.Address, exception.Message);
            return EngineState.Down($"does not answer. {HowToStart(engine)}");
        }
    }

    private static string HowToStart(EngineOptions engine) => engine.Kind switch
    {
        EngineKind.Ollama => "Start it with: ollama serve",
        EngineKind.LlamaCpp => "Start llama-server, or look at why it stopped in its log.",
        _ => "Check its address (Engines:N:Address) and that it is up.",
    };

    private HttpClient CreateClient(EngineOptions engine)
    {
        var client = clients.CreateClient(ClientName);
        client.BaseAddress = new Uri(engine.Address.TrimEnd('/') + "/");
        switch (engine.Kind)
        {
            case EngineKind.Anthropic:
                client.DefaultRequestHeaders.TryAddWithoutValidation("anthropic-version", engine.ApiVersion ?? AnthropicDialect.DefaultVersion);
                client.DefaultRequestHeaders.TryAddWithoutValidation("x-api-key", engine.Key);
                break;
            case EngineKind.AzureOpenAI:
                client.DefaultRequestHeaders.TryAddWithoutValidation("api-key", engine.Key);
                break;
            case var _ when !string.IsNullOrEmpty(engine.Key):
                client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Key);
                break;
        }

        return client;
    }

    private async Task<EngineState> AskAsync(EngineOptions engine, string path, CancellationToken cancellationToken)
    {
        using var client = CreateClient(engine);
        using var response = await client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.OK => EngineState.Ready,
            HttpStatusCode.ServiceUnavailable => EngineState.Loading,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => EngineState.Down("refuses the key. Check Engines:N:Key."),
            var status => EngineState.Down($"answered {(int)status} to GET /{path.Split('?')[0]}. Check Engines:N:Kind and Engines:N:Address."),
        };
    }

    private async Task<EngineState> AskOllamaAsync(EngineOptions engine, CancellationToken cancellationToken)
    {
        using var client = CreateClient(engine);
        var ollama = new OllamaApiClient(client);
        var models = await ollama.ListLocalModelsAsync(cancellationToken);
        return engine.Model.Length == 0 || models.Any(model => IsSameModel(model.Name, engine.Model))
            ? EngineState.Ready
            : EngineState.Down($"runs, but has not pulled the model. Run: ollama pull {engine.Model}");
    }

    /// <summary>Ollama lists every model with its tag; a name without one means <c>latest</c>.</summary>
    private static bool IsSameModel(string listed, string wanted) =>
        string.Equals(listed, wanted.Contains(':', StringComparison.Ordinal) ? wanted : wanted + ":latest", StringComparison.OrdinalIgnoreCase);

    [LoggerMessage(LogLevel.Warning, "Engine {Engine} at {Address} does not answer: {Reason}")]
    private static partial void LogUnreachable(ILogger logger, string engine, string address, string reason);
}
