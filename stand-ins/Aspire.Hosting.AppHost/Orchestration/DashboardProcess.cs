using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// The genuine Aspire dashboard, run by the Aspire CLI. It receives the services' telemetry; a list of resources it does
/// not get. Nothing waits for it.
/// </summary>
internal sealed class DashboardProcess(DistributedApplicationOptions options, IConfiguration configuration, ResourceLog log)
{
    /// <summary>Configuration keys (environment variables): the CLI's path, and the home folder that holds its unpacked bundle.</summary>
    public const string CliPathKey = "ASPIRE_CLI_PATH";
    public const string CliHomeKey = "ASPIRE_CLI_HOME";

    private const int DefaultFrontendPort = 18888;
    private const int KeptLines = 20;
    private const string LoginMark = "/login?t=";

    private readonly Lock _gate = new();
    private readonly Queue<string> _lastLines = new();
    private string? _cli;
    private (int Frontend, int Grpc, int Http) _ports;
    private string? _apiKey;
    private ProcessGroup? _process;
    private readonly TaskCompletionSource<string> _login = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Takes the ports and tells the services where telemetry goes, before any of them starts.</summary>
    public void Prepare(EndpointAllocator endpoints)
    {
        if (options.DisableDashboard)
        {
            return;
        }

        _cli = FindCli();
        if (_cli is null)
        {
            // The launch profile names the dashboard's ports, at which nothing will listen.
            configuration[OtlpVariables.GrpcEndpointKey] = null;
            configuration[OtlpVariables.HttpEndpointKey] = null;
            log.Say($"The dashboard is off: the Aspire CLI was not found ({CliPathKey}, PATH). ./chatapp setup installs it.");
            return;
        }

        _ports = (
            endpoints.PreferredPort(PortOf(configuration["ASPNETCORE_URLS"]) ?? DefaultFrontendPort),
            endpoints.PreferredPort(PortOf(configuration[OtlpVariables.GrpcEndpointKey])),
            endpoints.PreferredPort(PortOf(configuration[OtlpVariables.HttpEndpointKey])));
        _apiKey = configuration[OtlpVariables.ApiKeyKey] ?? RandomNumberGenerator.GetHexString(32, lowercase: true);
        configuration[OtlpVariables.ApiKeyKey] = _apiKey;
        configuration[OtlpVariables.GrpcEndpointKey] = $"http://localhost:{_ports.Grpc}";
        configuration[OtlpVariables.HttpEndpointKey] = $"http://localhost:{_ports.Http}";
    }

    /// <summary>The address to open, with its token; completes once the dashboard answers.</summary>
    public Task<string> LoginUrl => _login.Task;

    public void Start(ProcessMonitor monitor)
    {
        if (_cli is null)
        {
            return;
        }

        var environment = LaunchPlan.Inherited();
        environment["Dashboard__Otlp__AuthMode"] = "ApiKey";
        environment["Dashboard__Otlp__PrimaryApiKey"] = _apiKey!;
        environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        environment["NO_COLOR"] = "1";
        if (configuration[CliHomeKey] is { Length: > 0 } home)
        {
            environment["HOME"] = home;
        }

        string[] arguments =
        [
            "dashboard", "run", "--nologo", "--non-interactive",
            "--frontend-url", $"http://localhost:{_ports.Frontend}",
            "--otlp-grpc-url", $"http://localhost:{_ports.Grpc}",
            "--otlp-http-url", $"http://localhost:{_ports.Http}",
        ];
        _process = ProcessGroup.Start(new ProcessSpec(_cli, arguments, Path.GetTempPath(), environment), monitor, (line, _) => OnLine(line));
        _ = ReportExitAsync(_process);
    }

    public async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _process, null) is { } process)
        {
            await process.StopAsync(grace, cancellationToken);
        }
    }

    private static int? PortOf(string? urls) =>
        Uri.TryCreate(urls?.Split(';')[0], UriKind.Absolute, out var uri) && uri is { Scheme: "http", IsLoopback: true } ? uri.Port : null;

    private string? FindCli()
    {
        if (configuration[CliPathKey] is { Length: > 0 } path)
        {
            return File.Exists(path) ? path : null;
        }

        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, "aspire")).FirstOrDefault(File.Exists);
    }

    private void OnLine(string line)
    {
        lock (_gate)
        {
            _lastLines.Enqueue(line.TrimEnd());
            if (_lastLines.Count > KeptLines)
            {
                _lastLines.Dequeue();
            }

            // The CLI makes up the login token and prints the address once the dashboard answers.
            var login = line.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.Contains(LoginMark, StringComparison.Ordinal));
            if (login is not null)
            {
                _login.TrySetResult(login);
            }
        }
    }

    private async Task ReportExitAsync(ProcessGroup process)
    {
        var code = await process.Exited;
        if (_process == process)
        {
            string[] lines;
            lock (_gate)
            {
                lines = [.. _lastLines.Where(line => line.Length > 0)];
            }

            log.Say($"The dashboard ended with code {code}: {string.Join(' ', lines.TakeLast(5))}");
        }
    }
}
