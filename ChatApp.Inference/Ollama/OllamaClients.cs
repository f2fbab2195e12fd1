using System.Net.Http.Headers;
using ChatApp.Inference.Engines;
using OllamaSharp;

namespace ChatApp.Inference.Ollama;

/// <summary>Makes clients of engines that are Ollama.</summary>
internal sealed class OllamaClients(IHttpClientFactory clients, IHttpMessageHandlerFactory handlers)
{
    /// <summary>The HttpClient's name for what is answered at once.</summary>
    public const string ClientName = "ollama";

    /// <summary>The HttpClient's name for pulls.</summary>
    public const string PullClientName = "ollama-pull";

    // A list of a thousand models, or a model's licence and template.
    private const int MaxAnswer = 16 * 1024 * 1024;

    /// <summary>Runs one question; the client lives as long as that.</summary>
    public async Task<T> AskAsync<T>(EngineOptions engine, Func<IOllamaApiClient, Task<T>> ask)
    {
        using var client = clients.CreateClient(ClientName);
        client.MaxResponseContentBufferSize = MaxAnswer;
        return await ask(new OllamaApiClient(WithTarget(client, engine)));
    }

    /// <summary>A client for one pull, whose reads end with the token. The caller disposes of it.</summary>
    public HttpClient ForPull(EngineOptions engine, CancellationToken cancellationToken)
    {
#pragma warning disable CA2000 // The client disposes of the outer handler; the inner one is the factory's, for which that does nothing.
        return WithTarget(new HttpClient(new PullHandler(handlers.CreateHandler(PullClientName), cancellationToken)) { Timeout = Timeout.InfiniteTimeSpan }, engine);
#pragma warning restore CA2000
    }

    private static HttpClient WithTarget(HttpClient client, EngineOptions engine)
    {
        client.BaseAddress = new Uri(engine.Address.TrimEnd('/') + "/");
        if (!string.IsNullOrEmpty(engine.Key))
        {
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Key);
        }

        return client;
    }
}
