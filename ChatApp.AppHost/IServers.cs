namespace ChatApp.AppHost;

/// <summary>The servers that the services keep their data in, in one of the ways of running them.</summary>
internal interface IServers
{
    /// <summary>Adds Postgres and returns the connection string of its database <c>chatdb</c>.</summary>
    IResourceBuilder<IResourceWithConnectionString> AddPostgres();

    IResourceBuilder<IResourceWithConnectionString> AddRedis();

    /// <summary>Adds what memories are searched with to the Api; where there is no Qdrant, the Api's own index does it.</summary>
    void AddMemoryIndex(IResourceBuilder<ProjectResource> api);
}
