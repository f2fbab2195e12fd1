namespace ChatApp.AppHost;

/// <summary>The servers that the services keep their data in, in one of the ways of running them.</summary>
internal interface IServers
{
    /// <summary>Adds Postgres and returns the connection string of its database <c>chatdb</c>.</summary>
    IResourceBuilder<IResourceWithConnectionString> AddPostgres();

    IResourceBuilder<IResourceWithConnectionString> AddRedis();

    /// <summary>Adds what memories are searched with; null where there is no Qdrant and the Api's own index does it.</summary>
    MemoryIndex? AddMemoryIndex();
}
