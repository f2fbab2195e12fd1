using System.Reflection;
using ChatApp.AppHost;
using ChatApp.AppHost.Accounts;
using ChatApp.AppHost.Containers;
using ChatApp.AppHost.Engine;
using ChatApp.AppHost.Gateway;
using ChatApp.AppHost.Local;
using ChatApp.AppHost.Publishing;

try
{
    var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { Args = args, DisableDashboard = !HostSettings.WantsDashboard(args) });
    var settings = HostSettings.Read(builder);

    builder.AddAzureContainerAppEnvironment("env");

    var authSecret = builder.AddSecret("auth-secret");
    var inferenceKey = builder.AddSecret("inference-key");
    var inferenceAdminKey = builder.AddSecret("inference-admin-key");

    IServers servers = settings.InContainers ? new ContainerServers(builder) : new LocalServers(builder, settings);
    var chatdb = builder.GivenConnectionString("chatdb") ?? servers.AddPostgres();
    var redis = builder.GivenConnectionString("redis") ?? servers.AddRedis();
    var memory = builder.GivenMemoryIndex() ?? servers.AddMemoryIndex();
    var engine = builder.AddEngine(settings);

    // It keeps models and usage in Postgres, and answers without: it waits for its engine alone.
    var inference = builder.AddProject<Projects.ChatApp_Inference>("inference")
        .WithEngines(engine, settings)
        .WithModels(settings)
        .WithBudgets(settings)
        .WithReference(chatdb)
        .WithEnvironment("Gateway__Key", inferenceKey)
        .WithEnvironment("Gateway__AdminKey", inferenceAdminKey)
        .WithHttpHealthCheck("/health")
        .PublishAsScaledContainerApp(minReplicas: 1, maxReplicas: 3);

    // The Api has two roles: both in one process, or with Scale, and wherever it is published, in any number of processes each.
    var api = AddApi("api")
        .WithEnvironment("Auth__Secret", authSecret)
        .WithEnvironment("Inference__AdminKey", inferenceAdminKey)
        .PublishAsScaledContainerApp(minReplicas: 1, maxReplicas: 5);
    var worker = settings.Scale ? AddApi("worker").PublishAsScaledContainerApp(minReplicas: 2, maxReplicas: 2) : api;
    worker.WaitFor(inference)
        .WithEnvironment("Inference__Key", inferenceKey);

    var web = builder.AddProject<Projects.ChatApp_Web>("web")
        .WithReference(api).WaitFor(api)
        .WithKeyDirectory(settings)
        .OnPort(settings.Port)
        .WithExternalHttpEndpoints()
        .WithHttpHealthCheck("/health")
        .PublishAsScaledContainerApp(minReplicas: 1, maxReplicas: 1); // a circuit lives in one process

    api.WithAccounts(web, settings);

    builder.Build().Run();
    return 0;

    IResourceBuilder<ProjectResource> AddApi(string name) => builder.AddApiProcess(name, settings)
        .WithReference(chatdb).WaitFor(chatdb)
        .WithReference(redis).WaitFor(redis)
        .WithReference(inference)
        .WithMemoryIndex(memory)
        .WithDefaultModel(engine)
        .WithOutsideModels(settings, engine)
        .WithEmbeddings(engine, settings, inferenceKey);
}
catch (SetupException missing) when (Assembly.GetEntryAssembly() == typeof(SetupException).Assembly) // a test wants to see it
{
    await Console.Error.WriteLineAsync(missing.Message);
    return SetupException.ExitCode;
}
