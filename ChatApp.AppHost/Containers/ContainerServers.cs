namespace ChatApp.AppHost.Containers;

/// <summary>Every server a container, with its data in a volume; the same containers are what a deployment gets.</summary>
internal sealed class ContainerServers(IDistributedApplicationBuilder builder) : IServers
{
    public IResourceBuilder<IResourceWithConnectionString> AddPostgres() =>
        builder.AddPostgres("postgres", password: builder.AddSecret("postgres-password"))
            .WithArgs("-c", "max_connections=300") // each process of the Api opens 40 at most
            .WithDataVolume()
            .AddDatabase("chatdb");

    public IResourceBuilder<IResourceWithConnectionString> AddRedis() =>
        builder.AddRedis("redis", password: builder.AddSecret("redis-password"))
            .WithDataVolume()
            .WithPersistence();

    public MemoryIndex AddMemoryIndex()
    {
        var qdrant = builder.AddQdrant("qdrant", apiKey: builder.AddSecret("qdrant-key"))
            .WithDataVolume();
        return new MemoryIndex(api => api.WithReference(qdrant).WaitFor(qdrant));
    }
}
