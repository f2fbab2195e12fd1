using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using ChatApp.Faults;

namespace ChatApp.Bench.Streams;

/// <summary>
/// Many readers on one node of the Api: each follows a turn whose answer says a word a second, the whole way from the
/// (simulated) engine through gateway, worker and Redis.
/// </summary>
internal static class StreamsBench
{
    private const int OpenAtOnce = 64;
    private const int DirectStreams = 100;

    // For posting the turns and opening the streams, before the measurement begins.
    private const int SecondsToBegin = 300;

    public static Command Command()
    {
        var streams = new Option<int>("--streams") { Description = "Readers at once.", DefaultValueFactory = _ => 10_000 };
        var turns = new Option<int>("--turns") { Description = "Turns that they follow, in equal shares.", DefaultValueFactory = _ => 1000 };
        var seconds = new Option<int>("--seconds") { Description = "How long to measure.", DefaultValueFactory = _ => 60 };
        var command = new Command("streams", "Live event streams on one node of the Api: how many, how late, how much memory.") { streams, turns, seconds };
        command.SetAction(async (parsed, cancellationToken) => await RunAsync(
            parsed.GetValue(streams), parsed.GetValue(turns), parsed.GetValue(seconds), cancellationToken));
        return command;
    }

    private static async Task RunAsync(int streams, int turns, int seconds, CancellationToken cancellationToken)
    {
        // The gateway inherits it: its own bound is for a machine with real engines.
        Environment.SetEnvironmentVariable("Gateway__MaxConcurrentRequests", "100000");
        await SayAsync("starting Postgres, Redis, the engine simulator, the gateway, one node of the Api and one worker ...");
        await using var cluster = await Cluster.StartAsync(Plan(streams, turns), cancellationToken);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var api = cluster.Apis[0];

        await SayAsync($"posting {turns} turns ...");
        var clock = Stopwatch.StartNew();
        var live = await LiveTurns.StartAsync(api.Address!, turns, seconds + SecondsToBegin, cancellationToken);
        while ((await cluster.EngineReportAsync(cancellationToken)).Active < turns)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }

        await SayAsync($"all are being answered after {clock.Elapsed.TotalSeconds:0} s; opening {streams} streams ...");
        var before = ProcessUsage.Of(api.Id);
        clock.Restart();
        var readers = new StreamTally();
        await OpenAsync(streams, i => Request(live[i % turns]), api.Address!, readers, stop.Token);
        var opening = clock.Elapsed;
        var direct = new StreamTally();
        await OpenAsync(DirectStreams, i => EngineRequest(i, seconds), cluster.EngineAddress, direct, stop.Token);

        // What the opening left behind is not what a second of steady life costs.
        await Task.Delay(TimeSpan.FromSeconds(5), cancellationToken);
        await SayAsync($"open after {opening.TotalSeconds:0} s; measuring for {seconds} s ...");
        var processes = Processes(cluster);
        var begun = processes.ToDictionary(static p => p.Name, static p => ProcessUsage.Of(p.Id, alone: p.Id == Environment.ProcessId));
        readers.Begin();
        direct.Begin();
        clock.Restart();
        await Task.Delay(TimeSpan.FromSeconds(seconds), cancellationToken);
        var elapsed = clock.Elapsed;
        var events = readers.Events;
        readers.End();
        direct.End();
        var ended = processes.ToDictionary(static p => p.Name, static p => ProcessUsage.Of(p.Id, alone: p.Id == Environment.ProcessId));
        await stop.CancelAsync();

        StreamsReport.Write(
            new(streams, turns, elapsed, opening, events, before.ResidentBytes, ended["api"].ResidentBytes),
            readers,
            direct,
            processes.Select(p => (p.Name, ended[p.Name].CpuSeconds - begun[p.Name].CpuSeconds)),
            Console.Out);
    }

    private static ClusterPlan Plan(int streams, int turns) => new()
    {
        Name = "streams",
        LogFolder = Path.Combine(Path.GetTempPath(), "chatapp-bench-streams"),
        ApiNodes = 1,
        Workers = 1,
        Settings = new Dictionary<string, string>
        {
            ["Turns__MaxReadersPerUser"] = Number(streams),
            ["Turns__MaxActivePerUser"] = Number(LiveTurns.OnePerson),
            ["Turns__MaxQueued"] = Number(turns + 1000),
            ["Turns__Concurrency"] = Number(turns + 16),
            ["Turns__Deadline"] = "01:00:00",
            ["Logging__LogLevel__Default"] = "Warning",
        },
    };

    private static (string Name, int Id)[] Processes(Cluster cluster) =>
    [
        ("api", cluster.Apis[0].Id),
        ("worker", cluster.Workers[0].Id),
        ("gateway", cluster.Gateway.Id),
        ("Redis", cluster.Redis.Id),
        ("Postgres", cluster.Postgres.Id),
        ("engine simulator", cluster.Engine.Id),
        ("load generator", Environment.ProcessId),
    ];

    private static async Task OpenAsync(int count, Func<int, byte[]> request, Uri server, StreamTally tally, CancellationToken cancellationToken)
    {
        var endpoint = new IPEndPoint(IPAddress.Parse(server.Host), server.Port);
        var options = new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, count, options, async (i, stop) =>
            // The stream goes on when the loop has ended, so it ends with the run.
            await new RawStream(endpoint, request(i), tally).OpenAsync(cancellationToken));
    }

    private static byte[] Request((string EventsUrl, string Token) turn) => Encoding.ASCII.GetBytes(
        $"GET {turn.EventsUrl} HTTP/1.0\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {turn.Token}\r\n\r\n");

    private static byte[] EngineRequest(int number, int seconds)
    {
        var question = $"[tokens={seconds + SecondsToBegin} rate=1 first={number * 10} stamp]";
        var body = $$"""{"model":"simulated","stream":true,"messages":[{"role":"user","content":"{{question}}"}]}""";
        return Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.0\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {Number(body.Length)}\r\n\r\n{body}");
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static async Task SayAsync(string line) => await Console.Error.WriteLineAsync(line);
}
