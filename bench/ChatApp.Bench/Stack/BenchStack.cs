using System.Net;
using System.Text.Json;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChatApp.Bench.Stack;

/// <summary>
/// The whole application in local mode with a data directory of its own, started as the tests start it: by its AppHost.
/// Disposing it stops every process and deletes the data.
/// </summary>
internal sealed class BenchStack : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly DistributedApplication _app;
    private readonly DirectoryInfo _data;

    private BenchStack(IDistributedApplicationTestingBuilder builder, DistributedApplication app, DirectoryInfo data)
    {
        _builder = builder;
        _app = app;
        _data = data;
    }

    /// <summary>The engine's own address, with nothing in front of it.</summary>
    public Uri Engine => _app.GetEndpoint("llama", "http");

    /// <summary>The site, as a browser reaches it.</summary>
    public Uri Web => _app.GetEndpoint("web", "http");

    /// <summary>The Api, as a program with a token reaches it.</summary>
    public Uri Api => _app.GetEndpoint("api", "http");

    /// <summary>The key that the engine wants, which the AppHost made for this data directory.</summary>
    public string EngineKey
    {
        get
        {
            using var secrets = JsonDocument.Parse(File.ReadAllText(Path.Combine(_data.FullName, "secrets.json")));
            return secrets.RootElement.GetProperty("engine-key").GetString()!;
        }
    }

    /// <exception cref="InvalidOperationException">A resource did not become healthy within three minutes.</exception>
    public static async Task<BenchStack> StartAsync(CancellationToken cancellationToken)
    {
        var data = Directory.CreateTempSubdirectory("chatapp-bench-");
        if (!OperatingSystem.IsWindows())
        {
            // The servers run as users of their own when this runs as root, and must get through to their folders.
            data.UnixFileMode |= UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        }

        var model = Path.Combine(RepositoryRoot(), "eng", "models", "tiny-chat", "tiny-chat-q8_0.gguf");
        string[] settings = ["--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp", $"--ChatApp:Model={model}", $"--ChatApp:DataDirectory={data.FullName}"];
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatApp_AppHost>(settings, cancellationToken);
        // The console is for the figures; a start that fails throws.
        builder.Services.AddLogging(static logging => logging.ClearProviders());
        foreach (var project in builder.Resources.OfType<ProjectResource>())
        {
            // Nothing receives telemetry here: exporting it to nobody would be measured too.
            builder.CreateResourceBuilder(project).WithEnvironment(static context => context.EnvironmentVariables.Remove("OTEL_EXPORTER_OTLP_ENDPOINT"));
        }

        var app = await builder.BuildAsync(cancellationToken);
        var stack = new BenchStack(builder, app, data);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(3));
            await app.StartAsync(limit.Token);
            await app.ResourceNotifications.WaitForResourceHealthyAsync("web", limit.Token);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    /// <summary>The connection string of the product's database, for what no public route offers: a character made for measuring.</summary>
    public async Task<string> DatabaseAsync(CancellationToken cancellationToken) =>
        await _app.GetConnectionStringAsync("chatdb", cancellationToken)
        ?? throw new InvalidOperationException("The AppHost gave no connection string 'chatdb'.");

    /// <summary>A client as the named peer of <paramref name="address"/>: kept-alive connections, cookies, no proxy.</summary>
    public static HttpClient Client(Uri address) => new(new SocketsHttpHandler
    {
        CookieContainer = new CookieContainer(),
        UseProxy = false,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    })
    {
        BaseAddress = address,
        Timeout = TimeSpan.FromMinutes(2),
    };

    private static string RepositoryRoot()
    {
        for (var folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (File.Exists(Path.Combine(folder, "ChatApp.sln")))
            {
                return folder;
            }
        }

        return Directory.GetCurrentDirectory();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _builder.DisposeAsync();
        _data.Delete(recursive: true);
    }
}
