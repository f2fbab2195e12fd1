using ChatApp.Faults;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>
/// The fault tests share one cluster of processes, which each of them finds whole, and run one after another when the other
/// tests have ended: what is killed and measured here must not be disturbed by anything but its own fault.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class OneCluster : ICollectionFixture<ClusterFixture>
{
    public const string Name = "Faults";
}

/// <summary>The cluster, started when the first test wants it.</summary>
public sealed class ClusterFixture : IAsyncDisposable
{
    private Cluster? _cluster;

    /// <summary>Begins a scenario: everything runs and is healthy, and there are people to play it.</summary>
    internal async Task<Trial> BeginAsync(int people = 4)
    {
        _cluster ??= await Cluster.StartAsync(Plan, TestContext.Current.CancellationToken);
        return await Trial.BeginAsync(_cluster, TestContext.Current.CancellationToken, people);
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
        {
            await _cluster.DisposeAsync();
        }
    }

    // Shorter than a person would set them, so that what takes ten seconds in earnest takes three here; the default lease has
    // a test of its own.
    private static ClusterPlan Plan => new()
    {
        Name = "faults",
        LogFolder = RepositoryFolder.Artifacts("test-logs"),
        Settings = new Dictionary<string, string>
        {
            ["Turns__Lease"] = "00:00:03",
            ["Turns__FirstTokenTimeout"] = "00:00:03",
            ["Turns__TokenTimeout"] = "00:00:03",
            ["Turns__Concurrency"] = "128",
            ["Turns__Drain"] = "00:00:02",
            ["Turns__MaxActivePerUser"] = "1000",
            ["Turns__MaxReadersPerUser"] = "5000",
        },
    };
}
