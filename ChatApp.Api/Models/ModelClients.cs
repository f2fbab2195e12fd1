using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OpenAI;

namespace ChatApp.Api.Models;

/// <summary>The chat clients, one a model, all over one pool of connections to the gateway.</summary>
internal sealed class ModelClients : IDisposable
{
    /// <summary>The name of the HTTP client.</summary>
    public const string HttpClient = "inference";

    private readonly ConcurrentDictionary<string, IChatClient> _clients = new(StringComparer.Ordinal);
    private readonly OpenAIClient _gateway;
    private readonly IServiceProvider _services;

    public ModelClients(IHttpClientFactory http, IOptions<InferenceOptions> options, IServiceProvider services)
    {
        _services = services;
        _gateway = new OpenAIClient(new ApiKeyCredential(options.Value.Key), new OpenAIClientOptions
        {
            Endpoint = options.Value.Address,
            Transport = new HttpClientPipelineTransport(http.CreateClient(HttpClient)),
            // A turn decides for itself what is tried again, and how long silence may last.
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
    }

    /// <summary>The client for a model. The names come from configuration and characters, so there are few.</summary>
    public IChatClient For(string model) => _clients.GetOrAdd(model, static (name, self) =>
        self._gateway.GetChatClient(name).AsIChatClient().AsBuilder()
            // What people write does not belong into telemetry, whatever the environment asks for; and a call that was
            // stopped on purpose is no error to log: the turn says what became of it.
            .UseOpenTelemetry(NullLoggerFactory.Instance, configure: static telemetry => telemetry.EnableSensitiveData = false)
            .Build(self._services), this);

    public void Dispose()
    {
        foreach (var client in _clients.Values)
        {
            client.Dispose();
        }
    }
}
