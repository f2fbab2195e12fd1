using System.Reflection;
using ChatApp.AppHost;
using ChatApp.AppHost.Containers;
using ChatApp.AppHost.Engine;
using ChatApp.AppHost.Local;
using ChatApp.AppHost.Publishing;

try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = !HostSettings.WantsDashboard(args) });
    var settings = HostSettings.Read(builder);

    builder.AddAzureContainerAppEnvironment("env");

    var signingKey = builder.AddSecret("jwt-signing-key");
    var inferenceKey = builder.AddSecret("inference-key");

    IServers servers = settings.InContainers ? new ContainerServers(builder) : new LocalServers(builder, settings);
    var chatdb = builder.GivenConnectionString("chatdb") ?? servers.AddPostgres();
    var redis = builder.GivenConnectionString("redis") ?? servers.AddRedis();
    var engine = builder.AddEngine(settings);

    var inference = builder.AddProject<Projects.ChatApp_Inference>("inference")
        .WithEngine(engine)
        .WithEnvironment("Gateway__Key", inferenceKey)
        .WithHttpHealthCheck("/health")
        .PublishAsScaledContainerApp(minReplicas: 1, maxReplicas: 3);

    var api = builder.AddProject<Projects.ChatApp_Api>("api")
        .WithReference(chatdb).WaitFor(chatdb)
        .WithReference(redis).WaitFor(redis)
        .WithReference(inference).WaitFor(inference)
        .WithMemoryIndex(servers)
        .WithDefaultModel(engine)
        .WithEnvironment("Auth__SigningKey", signingKey)
        .WithEnvironment("Inference__Key", inferenceKey)
        .WithHttpHealthCheck("/health")
        .PublishAsScaledContainerApp(minReplicas: 1, maxReplicas: 5);

    builder.AddProject<Projects.ChatApp_Web>("web")
        .WithReference(api).WaitFor(api)
        .WithKeyDirectory(settings)
        .OnPort(settings.Port)
        .WithExternalHttpEndpoints()
        .WithHttpHealthCheck("/health")
        .PublishAsScaledContainerApp(minReplicas: 1, maxReplicas: 1); // a circuit lives in one process

    builder.Build().Run();
    return 0;
}
catch (SetupException missing) when (Assembly.GetEntryAssembly() == typeof(SetupException).Assembly) // a test wants to see it
{
    await Console.Error.WriteLineAsync(missing.Message);
    return SetupException.ExitCode;
}
