using System.Diagnostics;
using ChatApp.EngineSimulator;
using ChatApp.Faults.Clients;
using ChatApp.Faults.Judging;
using ChatApp.Faults.Processes;

namespace ChatApp.Faults;

/// <summary>One scenario on a cluster: people, the history of what they did, and the judgement at the end.</summary>
public sealed class Trial : IDisposable
{
    private readonly SimulatorReport _before;

    private Trial(Cluster cluster, ApiNodes nodes, History history, Crowd crowd, SimulatorReport before)
    {
        Cluster = cluster;
        Nodes = nodes;
        History = history;
        Crowd = crowd;
        _before = before;
    }

    public Cluster Cluster { get; }

    public History History { get; }

    public Crowd Crowd { get; }

    /// <summary>The way to the nodes that its people take.</summary>
    public ApiNodes Nodes { get; }

    /// <summary>Somebody, for scenarios that need one person.</summary>
    public ChatClient Person => Crowd.People[0];

    /// <summary>Puts the cluster in order and gathers people.</summary>
    public static async Task<Trial> BeginAsync(Cluster cluster, CancellationToken cancellationToken, int people = 4)
    {
        await cluster.RestoreAsync(cancellationToken);
        var history = new History();
        var nodes = new ApiNodes(cluster.Apis.Select(static a => a.Address!));
        var crowd = await Crowd.GatherAsync(nodes, history, people, cancellationToken);
        return new Trial(cluster, nodes, history, crowd, await cluster.EngineReportAsync(cancellationToken));
    }

    /// <summary>Waits until every turn has ended and the engine is idle, or for as long as <paramref name="patience"/> lasts, and judges then.</summary>
    public async Task<IReadOnlyList<Violation>> JudgeAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        // What was started again may still be on its way.
        await Cluster.ReadyAsync(cancellationToken);
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var stored = await StoredAsync(cancellationToken);
            var engine = await Cluster.EngineReportAsync(cancellationToken);
            if (clock.Elapsed > patience || (engine.Active == 0 && stored.Values.All(static t => t.HasEnded) && History.Turns.All(static t => t.Readers.All(static r => r.HasEnded || r.WasLeft))))
            {
                return Invariants.Judge(History, stored, engine with { BadPrefixes = engine.BadPrefixes - _before.BadPrefixes });
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), cancellationToken);
        }
    }

    /// <summary>The turns of this trial as Postgres has them.</summary>
    public Task<IReadOnlyDictionary<Guid, StoredTurn>> StoredAsync(CancellationToken cancellationToken) =>
        StoredTurn.ReadAsync(Cluster.Database, History.Posts.Select(static p => p.Conversation).Concat(History.Turns.Select(static t => t.Conversation)).Distinct(), cancellationToken);

    /// <summary>A turn as Postgres has it.</summary>
    public async Task<StoredTurn> StoredAsync(TurnHistory turn, CancellationToken cancellationToken) =>
        (await StoredTurn.ReadAsync(Cluster.Database, [turn.Conversation], cancellationToken))[turn.Id];

    /// <summary>Waits until a worker of ours has the turn, and gives it.</summary>
    public async Task<ClusterProcess> WorkerOfAsync(TurnHistory turn, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (Cluster.FindWorker((await StoredAsync(turn, cancellationToken)).Worker) is { } worker)
            {
                return worker;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(5), cancellationToken);
        }
    }

    public void Dispose() => Nodes.Dispose();
}
