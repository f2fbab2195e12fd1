using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatApp.Tests.Stack;

/// <summary>The AppHost's own program, started the local way on free ports with the built-in model.</summary>
internal sealed class RunningStack : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;

    private RunningStack(IDistributedApplicationTestingBuilder builder, DistributedApplication app, string dataDirectory)
    {
        _builder = builder;
        _app = app;
        DataDirectory = dataDirectory;
    }

    public string DataDirectory { get; }

    /// <summary>Starts everything and returns when the site is healthy, which is last.</summary>
    /// <param name="dataDirectory">Databases and secrets; one that was used before is found again.</param>
    /// <param name="logFile">What the AppHost and all its resources write.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <param name="settings">More of the AppHost's arguments; the last of a name wins.</param>
    /// <param name="configure">Changes each of our services.</param>
    public static async Task<RunningStack> StartAsync(
        string dataDirectory,
        string logFile,
        CancellationToken cancellationToken,
        IReadOnlyList<string>? settings = null,
        Action<IResourceBuilder<ProjectResource>>? configure = null)
    {
        string[] args =
        [
            "--ChatApp:RunOn=local",
            "--ChatApp:Engine:Kind=llama.cpp",
            $"--ChatApp:Model={Path.Combine(RepositoryFolder.Root, "eng", "models", "tiny-chat", "tiny-chat-q8_0.gguf")}",
            $"--ChatApp:DataDirectory={dataDirectory}",
            "--DcpPublisher:RandomizePorts=true", // beside a ./chatapp up that is running
            .. settings ?? [],
        ];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatApp_AppHost>(args, cancellationToken);
        builder.Services.AddLogging(logging => logging.ClearProviders().AddProvider(new FileLoggerProvider(logFile)));
        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            // Nothing receives telemetry here, and a service that stops would wait for somebody to take its last.
            var service = builder.CreateResourceBuilder(project).WithEnvironment(context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"));
            configure?.Invoke(service);
        }

        var app = await builder.BuildAsync(cancellationToken);
        var stack = new RunningStack(builder, app, dataDirectory);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            patience.CancelAfter(StartPatience);
            await app.StartAsync(patience.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("web", patience.Token);
            return stack;
        }
        catch (Exception failure)
        {
            await stack.DisposeAsync();
            throw new InvalidOperationException($"The stack did not start. The end of {logFile}:{Environment.NewLine}{Tail(logFile)}", failure);
        }
    }

    /// <summary>Waits for a resource that the site does not wait for.</summary>
    public Task HealthyAsync(string resource, CancellationToken cancellationToken) =>
        _app.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);

    public HttpClient CreateClient(string resource) => _app.CreateHttpClient(resource, "http");

    public Uri Endpoint(string resource) => _app.GetEndpoint(resource, "http");

    public async Task<string> ConnectionStringAsync(string name, CancellationToken cancellationToken) =>
        await _app.GetConnectionStringAsync(name, cancellationToken) ?? throw new InvalidOperationException($"{name} has no connection string.");

    /// <summary>A secret that the AppHost made for this data directory.</summary>
    public string Secret(string name)
    {
        using var secrets = JsonDocument.Parse(File.ReadAllText(Path.Combine(DataDirectory, "secrets.json")));
        return secrets.RootElement.GetProperty(name).GetString()!;
    }

    public IEnumerable<IResource> Resources => _builder.Resources;

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
    }

    private static string Tail(string file) =>
        File.Exists(file) ? string.Join(Environment.NewLine, File.ReadLines(file).TakeLast(60)) : "(nothing was written)";
}
