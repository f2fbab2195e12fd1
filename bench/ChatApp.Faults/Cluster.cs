using System.Globalization;
using System.Net.Http.Json;
using ChatApp.EngineSimulator;
using ChatApp.Faults.Network;
using ChatApp.Faults.Processes;
using Npgsql;

namespace ChatApp.Faults;

/// <summary>
/// The product as real processes on free ports of this machine, without the AppHost: a private Postgres and Redis, the engine
/// simulator, the gateway, and the Api as several nodes and several workers. Each can be killed, paused and started again.
/// </summary>
public sealed class Cluster : IAsyncDisposable
{
    private static readonly Dictionary<string, string> NoSettings = [];
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly ClusterPlan _plan;
    private readonly ClusterAddresses _addresses;
    private readonly string _folder;
    private readonly Watchdog _watchdog;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly List<ClusterProcess> _extras = [];
    private readonly Lock _gate = new();
    private int _extraNumber;

    private Cluster(ClusterPlan plan)
    {
        _plan = plan;
        _folder = Directory.CreateTempSubdirectory("chatapp-faults-").FullName;
        // The servers run as their own users when this runs as root, and must get through to their folders.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_folder, (UnixFileMode)0b111_001_001);
        }

        Directory.CreateDirectory(plan.LogFolder);
        _watchdog = new Watchdog(_folder);
        var ports = FreePorts.Take(4 + plan.ApiNodes + plan.Workers);
        _addresses = new ClusterAddresses(ports[0], ports[1], ports[2], ports[3]);
        Postgres = Server("postgres", "postgres.sh", ports[0], new() { ["DATABASE"] = "chatdb" });
        Redis = Server("redis", "redis.sh", ports[1], []);
        RedisWire = new RedisWire(ports[1], ClusterAddresses.Password);
        Engine = Make("engine", _addresses.Engine, Programs.Find("ChatApp.EngineSimulator"), ["--urls", _addresses.Engine.GetLeftPart(UriPartial.Authority)], []);
        Gateway = Make("gateway", _addresses.Gateway, Programs.Find("ChatApp.Inference"), [], _addresses.ForGateway());
        Apis = [.. ports.Skip(4).Take(plan.ApiNodes).Select((port, i) => ApiProcess("api", $"api-{i + 1}", port, NoSettings))];
        Workers = [.. ports.Skip(4 + plan.ApiNodes).Select((port, i) => ApiProcess("worker", $"worker-{i + 1}", port, NoSettings))];
        Database = NpgsqlDataSource.Create(ClusterAddresses.Database(ports[0], poolSize: 6));
    }

    public ClusterProcess Postgres { get; }

    public ClusterProcess Redis { get; }

    public ClusterProcess Engine { get; }

    public ClusterProcess Gateway { get; }

    /// <summary>The nodes that answer HTTP.</summary>
    public IReadOnlyList<ClusterProcess> Apis { get; }

    public IReadOnlyList<ClusterProcess> Workers { get; }

    /// <summary>The judge's own way to the truth.</summary>
    public NpgsqlDataSource Database { get; }

    /// <summary>The way to do things to Redis.</summary>
    public RedisWire RedisWire { get; }

    public int PostgresPort => _addresses.PostgresPort;

    public int RedisPort => _addresses.RedisPort;

    /// <summary>The engine's own address, with nothing in front of it.</summary>
    public Uri EngineAddress => _addresses.Engine;

    public int EnginePort => _addresses.EnginePort;

    /// <summary>The connection string of Redis behind a proxy.</summary>
    public static string RedisThrough(FaultyProxy proxy) => ClusterAddresses.RedisAt(proxy.Port);

    /// <summary>The connection string of Postgres behind a proxy.</summary>
    public static string DatabaseThrough(FaultyProxy proxy) => ClusterAddresses.Database(proxy.Port);

    /// <summary>Everything that runs all the time.</summary>
    public IEnumerable<ClusterProcess> Standard => [Postgres, Redis, Engine, Gateway, .. Apis, .. Workers];

    public static async Task<Cluster> StartAsync(ClusterPlan plan, CancellationToken cancellationToken)
    {
        var cluster = new Cluster(plan);
        try
        {
            await cluster.RestoreAsync(cancellationToken);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same settings for each test: what ran beside ends, what was killed starts again, and all is healthy.</summary>
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        await RemoveExtrasAsync();
        foreach (var process in Standard.Where(static p => p.IsRunning && p.IsPaused))
        {
            process.Resume();
        }

        foreach (var process in Standard.Where(static p => !p.IsRunning))
        {
            process.Start();
        }

        await ReadyAsync(cancellationToken);
    }

    /// <summary>Waits until everything that runs is healthy.</summary>
    public async Task ReadyAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(StartPatience);
        await RedisWire.ReadyAsync(patience.Token);
        await DatabaseReadyAsync(patience.Token);
        foreach (var process in Standard.Where(static p => p.Address is not null && p.IsRunning))
        {
            await HealthyAsync(process, patience.Token);
        }
    }

    /// <summary>One process of the Api on top of the usual ones, with settings of its own; it ends with the test.</summary>
    public async Task<ClusterProcess> AddAsync(string role, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var process = ApiProcess(role, string.Create(CultureInfo.InvariantCulture, $"{role}-extra-{Interlocked.Increment(ref _extraNumber)}"), FreePorts.Take(1)[0], settings);
        lock (_gate)
        {
            _extras.Add(process);
        }

        process.Start();
        await HealthyAsync(process, cancellationToken);
        return process;
    }

    /// <summary>The process that a turn's <c>worker</c> column names; null when none of ours.</summary>
    public ClusterProcess? FindWorker(string? worker)
    {
        var number = worker?.Split(':') is [_, var id, ..] && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        lock (_gate)
        {
            return Workers.Concat(_extras).FirstOrDefault(p => p.IsRunning && p.Id == number);
        }
    }

    public async Task HealthyAsync(ClusterProcess process, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                using var answer = await _http.GetAsync(new Uri(process.Address!, "/health"), cancellationToken);
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException exception)
            {
                if (!process.IsRunning)
                {
                    throw new InvalidOperationException($"{process.Name} ended:{Environment.NewLine}{process.LogTail(30)}", exception);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }

    /// <summary>What the engine has done and does.</summary>
    public async Task<SimulatorReport> EngineReportAsync(CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync(new Uri(_addresses.Engine, "/simulator"), SimulatorJson.Default.SimulatorReport, cancellationToken))!;

    /// <summary>What the engine was asked for a question's id.</summary>
    public async Task<SimulatorCalls> EngineCallsAsync(string id, CancellationToken cancellationToken) =>
        (await _http.GetFromJsonAsync(new Uri(_addresses.Engine, $"/simulator/calls?id={Uri.EscapeDataString(id)}"), SimulatorJson.Default.SimulatorCalls, cancellationToken))!;

    /// <summary>Kills Redis and takes what it has saved with it.</summary>
    public async Task LoseRedisAsync()
    {
        await Redis.KillAsync();
        foreach (var saved in Directory.GetDirectories(Path.Combine(_folder, "redis")))
        {
            Directory.Delete(saved, recursive: true);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await RemoveExtrasAsync();
        await Task.WhenAll(Standard.Where(static p => p.IsRunning).Select(static p => p.KillAsync()));
        await Database.DisposeAsync();
        _http.Dispose();
        _watchdog.Dispose();
    }

    private async Task DatabaseReadyAsync(CancellationToken cancellationToken)
    {
        // Connections from before a restart are good for nothing.
        Database.Clear();
        while (true)
        {
            try
            {
                await using var command = Database.CreateCommand("SELECT 1");
                await command.ExecuteScalarAsync(cancellationToken);
                return;
            }
            catch (NpgsqlException) when (Postgres.IsRunning)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
            }
        }
    }

    private async Task RemoveExtrasAsync()
    {
        ClusterProcess[] extras;
        lock (_gate)
        {
            extras = [.. _extras];
            _extras.Clear();
        }

        await Task.WhenAll(extras.Where(static p => p.IsRunning).Select(static p => p.KillAsync()));
    }

    private ClusterProcess ApiProcess(string role, string name, int port, IReadOnlyDictionary<string, string> settings)
    {
        var address = ClusterAddresses.Http(port);
        var environment = _addresses.ForApi(role, address);
        foreach (var (key, value) in _plan.Settings.Concat(settings))
        {
            environment[key] = value;
        }

        return Make(name, address, Programs.Find("ChatApp.Api"), [], environment);
    }

    private ClusterProcess Server(string name, string script, int port, Dictionary<string, string> environment)
    {
        environment["DATA"] = Path.Combine(_folder, name);
        environment["PORT"] = port.ToString(CultureInfo.InvariantCulture);
        environment["PASSWORD"] = ClusterAddresses.Password;
        return Make(name, null, Programs.Script("eng", "local", script), [], environment);
    }

    private ClusterProcess Make(string name, Uri? address, string program, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        var log = Path.Combine(_plan.LogFolder, $"{_plan.Name}-{name}.log");
        if (File.Exists(log))
        {
            File.Move(log, Path.ChangeExtension(log, ".previous.log"), overwrite: true);
        }

        return new ClusterProcess(name, address, program, arguments, environment, log, _watchdog);
    }
}
