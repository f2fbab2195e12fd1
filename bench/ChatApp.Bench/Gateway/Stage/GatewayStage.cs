using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatApp.Bench.Gateway.Load;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Gateway.Stage;

/// <summary>The engine simulator and all that stands in front of it, each as a process of its own on a free port of this machine.</summary>
internal sealed class GatewayStage : IAsyncDisposable
{
    public const string Model = "simulated";
    public const string Key = "a-key-only-for-this-run";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string _folder = Directory.CreateTempSubdirectory("chatapp-bench-gateway-").FullName;
    private readonly string _logs = Directory.CreateDirectory(Path.Combine(Path.GetTempPath(), "chatapp-bench-gateway")).FullName;
    private readonly Watchdog _watchdog;
    private readonly List<ClusterProcess> _processes = [];
    private readonly List<string> _missing = [];

    private GatewayStage(Cores cores)
    {
        Cores = cores;
        _watchdog = new Watchdog(_folder);
    }

    public Cores Cores { get; }

    /// <summary>The simulator itself.</summary>
    public Target Direct => Targets[0];

    /// <summary>Who is asked, the simulator first.</summary>
    public IReadOnlyList<Target> Targets { get; private set; } = [];

    /// <summary>For each peer that is not here, how to get it.</summary>
    public IReadOnlyList<string> Missing => _missing;

    /// <param name="only">The targets that are wanted; none for all.</param>
    /// <param name="settings">More settings of the gateway.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<GatewayStage> StartAsync(IReadOnlyCollection<string> only, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var stage = new GatewayStage(Cores.Find());
        try
        {
            stage.Cores.MoveHere();
            await stage.StartAllAsync(id => only.Count == 0 || id == Target.Direct || only.Contains(id), settings, cancellationToken);
            return stage;
        }
        catch
        {
            await stage.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_processes.Where(static p => p.IsRunning).Select(static p => p.KillAsync()));
        _watchdog.Dispose();
    }

    private async Task StartAllAsync(Func<string, bool> wants, IReadOnlyDictionary<string, string> settings, CancellationToken cancellationToken)
    {
        var ports = FreePorts.Take(6);
        var (engine, second) = (Http(ports[0]), Http(ports[1]));
        List<Target> targets =
        [
            Start(Target.Direct, "engine, directly", ports[0], Programs.Find("ChatApp.EngineSimulator"), ["--urls", $"{engine};{second}"], new()
            {
                // Both make it cheaper, and sooner so. What is measured runs with the settings that it is shipped with.
                ["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1",
                ["DOTNET_TieredPGO"] = "0",
            }),
        ];
        if (wants(Target.Gateway))
        {
            var environment = GatewaySettings.For(ports[2], engine, second);
            foreach (var (name, value) in settings)
            {
                environment[name] = value;
            }

            targets.Add(Start(Target.Gateway, "ChatApp's gateway", ports[2], Programs.Find("ChatApp.Inference"), [], environment));
        }

        if (wants(Target.Yarp))
        {
            targets.Add(Start(Target.Yarp, "plain YARP", ports[3], Programs.Find("ChatApp.PlainProxy"), ["--urls", $"{Http(ports[3])}", "--Destination", $"{engine}"], []));
        }

        if (wants(Target.Nginx))
        {
            AddPeer(targets, NginxPeer.Find(ports[4], ports[0], _folder), Target.Nginx, ports[4]);
        }

        if (wants(Target.Portkey))
        {
            AddPeer(targets, PortkeyPeer.Find(ports[5], ports[0]), Target.Portkey, ports[5]);
        }

        Targets = targets;
        await Task.WhenAll(targets.Select(target => ReadyAsync(target, cancellationToken)));
    }

    private void AddPeer(List<Target> targets, Peer peer, string id, int port)
    {
        if (peer.HowToGet is { } how)
        {
            _missing.Add(how);
            return;
        }

        targets.Add(Start(id, peer.Name, port, peer.Program, peer.Arguments, new(peer.Environment)) with { Headers = peer.Headers, Note = peer.Note });
    }

    private Target Start(string id, string name, int port, string program, IReadOnlyList<string> arguments, Dictionary<string, string> environment)
    {
        // Where ASP.NET Core looks for its settings: the command that pins it is in another folder.
        environment["ASPNETCORE_CONTENTROOT"] = Path.GetDirectoryName(program)!;
        var command = Cores.Command(id == Target.Direct ? Cores.Load : Cores.Gateway, program);
        var log = Path.Combine(_logs, $"{id}.log");
        File.Delete(log);
        var process = new ClusterProcess(id, null, command[0], [.. command.Skip(1), .. arguments], environment, log, _watchdog);
        _processes.Add(process);
        process.Start();
        return new Target(id, name, new IPEndPoint(IPAddress.Loopback, port), process);
    }

    private static async Task ReadyAsync(Target target, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (true)
        {
            try
            {
                using var load = new FirstTokenLoad(target);
                load.Ask(1);
                return;
            }
            catch (Exception exception) when (exception is SocketException or InvalidOperationException or InvalidDataException)
            {
                if (!target.Process.IsRunning || patience.IsCancellationRequested)
                {
                    throw new InvalidOperationException($"{target.Name} does not answer: {exception.Message}{Environment.NewLine}{target.Process.LogTail(20)}", exception);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    private static Uri Http(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
}
