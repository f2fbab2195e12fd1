using ChatApp.Faults;
using ChatApp.Faults.Processes;

namespace ChatApp.Bench.Soak;

/// <summary>Does something bad every few seconds, and puts it right again.</summary>
internal sealed class SoakFaults(Cluster cluster, int seed, Action<string> say)
{
    private readonly Random _dice = new(seed);

    public async Task RunAsync(CancellationToken stopping)
    {
        (string Name, Func<Task> Do)[] faults =
        [
            ("kill a worker", () => KillAsync(Any(cluster.Workers))),
            ("kill a worker", () => KillAsync(Any(cluster.Workers))),
            ("kill an api node", () => KillAsync(Any(cluster.Apis))),
            ("kill the gateway", () => KillAsync(cluster.Gateway)),
            ("kill the engine", () => KillAsync(cluster.Engine)),
            ("pause a worker for two leases", () => PauseAsync(Any(cluster.Workers), 6)),
            ("pause Redis", () => PauseAsync(cluster.Redis, 3)),
            ("deploy a worker", () => DeployAsync(Any(cluster.Workers))),
            ("deploy an api node", () => DeployAsync(Any(cluster.Apis))),
            ("empty Redis", () => cluster.RedisWire.DoAsync(CancellationToken.None, "FLUSHALL")),
            ("kill Redis with its data", LoseRedisAsync),
            ("terminate every connection to Postgres", TerminateAsync),
            ("restart Postgres", () => DeployAsync(cluster.Postgres)),
            ("kill Postgres", () => KillAsync(cluster.Postgres)),
        ];
        try
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(3 + (_dice.NextDouble() * 4)), stopping);
                var (name, action) = faults[_dice.Next(faults.Length)];
                say(name);
                await action();
                await cluster.ReadyAsync(CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was broken last is whole again.
        }
    }

    private ClusterProcess Any(IReadOnlyList<ClusterProcess> processes) => processes[_dice.Next(processes.Count)];

    private static async Task KillAsync(ClusterProcess process)
    {
        await process.KillAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        process.Start();
    }

    private static async Task DeployAsync(ClusterProcess process)
    {
        await process.StopAsync(TimeSpan.FromSeconds(40));
        process.Start();
    }

    private static async Task PauseAsync(ClusterProcess process, int seconds)
    {
        process.Pause();
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        process.Resume();
    }

    private async Task LoseRedisAsync()
    {
        await cluster.LoseRedisAsync();
        await Task.Delay(TimeSpan.FromSeconds(1));
        cluster.Redis.Start();
    }

    private async Task TerminateAsync()
    {
        await using var command = cluster.Database.CreateCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = 'chatdb' AND pid <> pg_backend_pid()");
        try
        {
            await command.ExecuteNonQueryAsync();
        }
        catch (Npgsql.NpgsqlException)
        {
            // The database is on its way back from the last fault.
        }
    }
}
