using System.Diagnostics;
using ChatApp.Faults.Processes;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>The soak command itself, for a minute; longer ones are for ./chatapp soak.</summary>
[Collection(OneCluster.Name)]
[Trait("Category", "Faults")]
public sealed class SoakTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Soak_OneMinuteWithFaults_EveryPromiseIsKept()
    {
        var start = new ProcessStartInfo(Programs.Find("ChatApp.Bench")) { UseShellExecute = false, WorkingDirectory = RepositoryFolder.Root, RedirectStandardOutput = true };
        foreach (var argument in (string[])["soak", "--minutes", "1", "--faults", "--seed", "4711", "--people", "30"])
        {
            start.ArgumentList.Add(argument);
        }

        using var soak = Process.Start(start)!;
        try
        {
            var said = await soak.StandardOutput.ReadToEndAsync(Cancelled).WaitAsync(TimeSpan.FromMinutes(6), Cancelled);
            await soak.WaitForExitAsync(Cancelled);
            await File.WriteAllTextAsync(Path.Combine(RepositoryFolder.Artifacts("test-logs"), "soak.txt"), said, Cancelled);

            Assert.True(soak.ExitCode == 0, said);
            Assert.Contains("every promise was kept", said, StringComparison.Ordinal);
        }
        finally
        {
            if (!soak.HasExited)
            {
                // Its watchdog ends what it started.
                soak.Kill();
            }
        }
    }
}
