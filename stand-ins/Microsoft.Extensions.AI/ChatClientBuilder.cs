namespace Microsoft.Extensions.AI;

public sealed class ChatClientBuilder
{
    private readonly Func<IServiceProvider, IChatClient> _innermost;
    private readonly List<Func<IChatClient, IServiceProvider, IChatClient>> _layers = [];

    public ChatClientBuilder(IChatClient innerClient)
    {
        ArgumentNullException.ThrowIfNull(innerClient);
        _innermost = _ => innerClient;
    }

    public ChatClientBuilder(Func<IServiceProvider, IChatClient> innerClientFactory)
    {
        ArgumentNullException.ThrowIfNull(innerClientFactory);
        _innermost = innerClientFactory;
    }

    public ChatClientBuilder Use(Func<IChatClient, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        return Use((inner, _) => clientFactory(inner));
    }

    public ChatClientBuilder Use(Func<IChatClient, IServiceProvider, IChatClient> clientFactory)
    {
        ArgumentNullException.ThrowIfNull(clientFactory);
        _layers.Add(clientFactory);
        return this;
    }

    /// <summary>The layer that was added first ends up outermost.</summary>
    public IChatClient Build(IServiceProvider? services = null)
    {
        services ??= NoServices.Instance;
        var client = _innermost(services);
        foreach (var layer in Enumerable.Reverse(_layers))
        {
            client = layer(client, services)
                ?? throw new InvalidOperationException("A callback given to ChatClientBuilder.Use returned null instead of a chat client.");
        }

        return client;
    }

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
