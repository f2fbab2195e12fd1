using System.Diagnostics;
using System.Globalization;
using ChatApp.Faults;
using ChatApp.Faults.Clients;
using ChatApp.Faults.Judging;
using ChatApp.Faults.Processes;
using Npgsql;

namespace ChatApp.Bench.Soak;

/// <summary>One soak: a cluster, people, faults, a line every ten seconds, and the verdict.</summary>
internal static class SoakRun
{
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SettlePatience = TimeSpan.FromMinutes(2);

    /// <returns>The exit code: 1 when a promise was broken.</returns>
    public static async Task<int> RunAsync(SoakPlan plan, TextWriter output, CancellationToken cancellationToken)
    {
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"soak: {plan.Length.TotalMinutes:0.#} minutes, {plan.People} people, {(plan.Faults ? "with faults" : "without faults")}, seed {plan.Seed}"));
        await using var cluster = await Cluster.StartAsync(Plan(), cancellationToken);
        using var nodes = new ApiNodes(cluster.Apis.Select(static a => a.Address!));
        var (history, counts) = (new History(), new SoakCounts());
        var crowd = await Crowd.GatherAsync(nodes, history, plan.People, cancellationToken);
        var memory = cluster.Standard.ToDictionary(static p => p.Name, static p => p.ResidentBytes());
        var clock = Stopwatch.StartNew();
        void Say(string what)
        {
            lock (output)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed:mm\\:ss} {what}"));
            }
        }

        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stopping.CancelAfter(plan.Length);
        var talking = Task.WhenAll(crowd.People.Select((person, i) =>
            new SoakPerson(cluster, person, history, counts, i, plan.Seed + i).TalkAsync(stopping.Token, cancellationToken)));
        var faults = plan.Faults ? new SoakFaults(cluster, plan.Seed, what => Say($"! {what}")).RunAsync(stopping.Token) : Task.CompletedTask;
        while (!talking.IsCompleted)
        {
            await Task.WhenAny(talking, faults.IsFaulted ? faults : talking, Task.Delay(ReportInterval, cancellationToken));
            Say(counts.ToString());
            if (faults.IsFaulted)
            {
                await faults;
            }
        }

        await faults;
        await talking;
        await JudgeAtRestAsync(cluster, counts, cancellationToken);
        Report(cluster, counts, memory, output);
        return counts.IsClean ? 0 : 1;
    }

    private static ClusterPlan Plan() => new()
    {
        Name = "soak",
        LogFolder = Path.Combine(Programs.Root(), ".artifacts", "soak-logs"),
        Settings = new Dictionary<string, string>
        {
            ["Turns__Lease"] = "00:00:03",
            ["Turns__Drain"] = "00:00:03",
            ["Turns__FirstTokenTimeout"] = "00:00:10",
            ["Turns__TokenTimeout"] = "00:00:10",
            ["Turns__Concurrency"] = "64",
        },
    };

    private static async Task JudgeAtRestAsync(Cluster cluster, SoakCounts counts, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var turns = await TurnsAsync(cluster.Database, cancellationToken);
            var active = (await cluster.EngineReportAsync(cancellationToken)).Active;
            var open = turns.Values.Count(static status => status is "queued" or "running");
            if ((open == 0 && active == 0) || clock.Elapsed > SettlePatience)
            {
                counts.Compare(turns.Keys.ToHashSet());
                counts.Add(Enumerable.Repeat(new Violation("I6", null, "a turn is not in a final state"), open));
                counts.Add(Enumerable.Repeat(new Violation("I6", null, "the engine writes an answer for nobody"), active));
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), cancellationToken);
        }
    }

    private static async Task<Dictionary<Guid, string>> TurnsAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand("SELECT id, status FROM turns");
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var turns = new Dictionary<Guid, string>();
        while (await reader.ReadAsync(cancellationToken))
        {
            turns.Add(reader.GetGuid(0), reader.GetString(1));
        }

        return turns;
    }

    private static void Report(Cluster cluster, SoakCounts counts, Dictionary<string, long> before, TextWriter output)
    {
        foreach (var violation in counts.Violations)
        {
            output.WriteLine($"broken: {violation}");
        }

        output.WriteLine(string.Join(", ", cluster.Standard.Where(static p => p.Address is not null).Select(p => string.Create(
            CultureInfo.InvariantCulture, $"{p.Name} {Megabytes(before[p.Name])} -> {Megabytes(p.ResidentBytes())} MB"))));
        output.WriteLine(counts.ToString());
        output.WriteLine(counts.IsClean ? "soak: every promise was kept" : "soak: PROMISES WERE BROKEN");
    }

    private static long Megabytes(long bytes) => bytes / 1024 / 1024;
}
