namespace ChatApp.AppHost.Local;

/// <summary>
/// Private instances of the servers that are installed here, on free ports of 127.0.0.1, with their data in the data
/// directory. There is no Qdrant for this: the Api searches memories over the rows in Postgres.
/// </summary>
internal sealed class LocalServers : IServers
{
    private readonly IDistributedApplicationBuilder _builder;
    private readonly HostSettings _settings;

    public LocalServers(IDistributedApplicationBuilder builder, HostSettings settings)
    {
        _builder = builder;
        _settings = settings;
        Directory.CreateDirectory(settings.DataDirectory);
    }

    public IResourceBuilder<IResourceWithConnectionString> AddPostgres()
    {
        InstalledTools.Require(_settings, "postgres");
        var password = _builder.AddSecret("postgres-password");
        var server = AddScript("postgres", "postgres.sh")
            .WithEnvironment("PASSWORD", password)
            .WithEnvironment("DATABASE", "chatdb");

        var endpoint = server.GetEndpoint("tcp");
        return _builder.AddConnectionString(
                "chatdb",
                ReferenceExpression.Create($"Host={endpoint.Property(EndpointProperty.Host)};Port={endpoint.Property(EndpointProperty.Port)};Username=chatapp;Password={password};Database=chatdb"))
            .WithConnectionCheck(PostgresCheck.AnswersAsync)
            .WaitForStart(server);
    }

    public IResourceBuilder<IResourceWithConnectionString> AddRedis()
    {
        InstalledTools.Require(_settings, "redis");
        var password = _builder.AddSecret("redis-password");
        var server = AddScript("redis-server", "redis.sh", dataFolder: "redis")
            .WithEnvironment("PASSWORD", password);

        var endpoint = server.GetEndpoint("tcp");
        return _builder.AddConnectionString(
                "redis",
                ReferenceExpression.Create($"{endpoint.Property(EndpointProperty.Host)}:{endpoint.Property(EndpointProperty.Port)},password={password}"))
            .WithConnectionCheck(RedisCheck.AnswersAsync)
            .WaitForStart(server);
    }

    public MemoryIndex? AddMemoryIndex() => null;

    // By way of bash, because a copy of the repository (a zip, a share) may have lost the scripts' executable bits.
    private IResourceBuilder<ExecutableResource> AddScript(string name, string script, string? dataFolder = null) =>
        _builder.AddExecutable(name, "bash", _settings.Repository, Path.Combine("eng", "local", script))
            .WithEndpoint(scheme: "tcp", name: "tcp", env: "PORT")
            .WithEnvironment("DATA", Path.Combine(_settings.DataDirectory, dataFolder ?? name));
}
