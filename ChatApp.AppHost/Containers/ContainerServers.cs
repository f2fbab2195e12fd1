namespace ChatApp.AppHost.Containers;

/// <summary>Every server a container, with its data in a volume; the same containers are what a deployment gets.</summary>
internal sealed class ContainerServers(IDistributedApplicationBuilder builder) : IServers
{
    public IResourceBuilder<IResourceWithConnectionString> AddPostgres() =>
        builder.AddPostgres("postgres", password: builder.AddSecret("postgres-password"))
            .WithDataVolume()
            .AddDatabase("chatdb");

    public IResourceBuilder<IResourceWithConnectionString> AddRedis() =>
        builder.AddRedis("redis", password: builder.AddSecret("redis-password"))
            .WithDataVolume()
            .WithPersistence();

    public void AddMemoryIndex(IResourceBuilder<ProjectResource> api)
    {
        var qdrant = builder.AddQdrant("qdrant", apiKey: builder.AddSecret("qdrant-key"))
            .WithDataVolume();
        api.WithReference(qdrant).WaitFor(qdrant);
    }
}
