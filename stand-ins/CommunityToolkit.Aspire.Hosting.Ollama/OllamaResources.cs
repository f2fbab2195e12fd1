namespace Aspire.Hosting.ApplicationModel;

public interface IOllamaResource : IResourceWithConnectionString, IResourceWithEndpoints
{
    EndpointReference PrimaryEndpoint { get; }

    EndpointReferenceExpression Host { get; }

    EndpointReferenceExpression Port { get; }

    ReferenceExpression UriExpression { get; }

    IReadOnlyList<string> Models { get; }

    void AddModel(string modelName);
}

public class OllamaResource(string name) : ContainerResource(name), IOllamaResource
{
    private readonly List<string> _models = [];

    public EndpointReference PrimaryEndpoint => new(this, OllamaServer.EndpointName);

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression UriExpression => OllamaServer.Uri(this);

    public IReadOnlyList<string> Models => _models;

    public ReferenceExpression ConnectionStringExpression => OllamaServer.ConnectionString(this);

    public void AddModel(string modelName) => OllamaServer.Add(_models, modelName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => OllamaServer.Properties(this);
}

/// <summary>An installed Ollama, run by <c>ollama serve</c>.</summary>
public class OllamaExecutableResource(string name) : ExecutableResource(name, "ollama", Environment.CurrentDirectory), IOllamaResource
{
    private readonly List<string> _models = [];

    public EndpointReference PrimaryEndpoint => new(this, OllamaServer.EndpointName);

    public EndpointReferenceExpression Host => PrimaryEndpoint.Property(EndpointProperty.Host);

    public EndpointReferenceExpression Port => PrimaryEndpoint.Property(EndpointProperty.Port);

    public ReferenceExpression UriExpression => OllamaServer.Uri(this);

    public IReadOnlyList<string> Models => _models;

    public ReferenceExpression ConnectionStringExpression => OllamaServer.ConnectionString(this);

    public void AddModel(string modelName) => OllamaServer.Add(_models, modelName);

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() => OllamaServer.Properties(this);
}

public class OllamaModelResource(string name, string modelName, IOllamaResource parent)
    : Resource(name), IResourceWithParent<IOllamaResource>, IResourceWithConnectionString
{
    public IOllamaResource Parent { get; } = parent;

    public string ModelName { get; } = modelName;

    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{Parent};Model={ModelName}");

    IEnumerable<KeyValuePair<string, ReferenceExpression>> IResourceWithConnectionString.GetConnectionProperties() =>
        [.. Parent.GetConnectionProperties(), new("Model", ReferenceExpression.Create($"{ModelName}"))];
}

/// <summary>What a container and an installed server have in common.</summary>
internal static class OllamaServer
{
    public const string EndpointName = "http";

    public static ReferenceExpression Uri(IOllamaResource server) => ReferenceExpression.Create($"{server.PrimaryEndpoint.Property(EndpointProperty.Url)}");

    public static ReferenceExpression ConnectionString(IOllamaResource server) =>
        ReferenceExpression.Create($"Endpoint={server.PrimaryEndpoint.Property(EndpointProperty.Scheme)}://{server.Host}:{server.Port}");

    public static IEnumerable<KeyValuePair<string, ReferenceExpression>> Properties(IOllamaResource server) =>
    [
        new("Host", ReferenceExpression.Create($"{server.Host}")),
        new("Port", ReferenceExpression.Create($"{server.Port}")),
        new("Uri", server.UriExpression),
    ];

    public static void Add(List<string> models, string model)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(model);
        if (!models.Contains(model, StringComparer.Ordinal))
        {
            models.Add(model);
        }
    }
}
