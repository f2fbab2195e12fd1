using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Aspire.Hosting.Orchestration;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

public sealed class ProcessGroupTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ProcessMonitor _monitor = new();
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();

    public void Dispose() => _monitor.Dispose();

    [Fact]
    public async Task Exited_Process_TellsItsCodeAfterItsOutput()
    {
        var group = Start("echo out; echo err >&2; exit 7");

        Assert.Equal(7, await group.Exited.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(["err", "out"], new[] { await LineAsync(), await LineAsync() }.Order());
    }

    [Fact]
    public async Task StopAsync_ProcessWithAChild_EndsBoth()
    {
        var group = Start(OtherProcess.Family);
        var pids = (await LineAsync()).Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.All(pids, pid => Assert.True(IsRunning(pid)));

        Assert.True(await group.StopAsync(Limit, TestContext.Current.CancellationToken));

        Assert.All(pids, pid => Assert.False(IsRunning(pid)));
    }

    [Fact]
    public async Task StopAsync_ProcessThatDoesNotListen_IsKilled()
    {
        var group = Start("trap '' TERM; echo ready; while :; do sleep 1; done");
        await LineAsync();

        Assert.False(await group.StopAsync(TimeSpan.FromMilliseconds(300), TestContext.Current.CancellationToken));

        Assert.False(IsRunning(group.Id));
    }

    [Fact]
    public async Task Monitor_ParentKilled_EndsTheWholeGroup()
    {
        using var parent = OtherProcess.Start(OtherProcess.Parent);
        var line = await parent.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
        var descendants = line!.Split(' ').Select(number => int.Parse(number, CultureInfo.InvariantCulture)).ToArray();
        Assert.Equal(2, descendants.Length);
        Assert.All(descendants, pid => Assert.True(IsRunning(pid)));

        parent.Kill();
        await parent.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(await BecomesTrueAsync(() => !Array.Exists(descendants, IsRunning)), "The killed parent's processes are still running.");
    }

    private static async Task<bool> BecomesTrueAsync(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > Limit)
            {
                return false;
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        return true;
    }

    /// <summary>One that has ended but was not collected by its parent does not run.</summary>
    private static bool IsRunning(int pid)
    {
        var status = $"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/stat";
        try
        {
            var text = File.ReadAllText(status);
            return text[text.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    private ProcessGroup Start(string script) => ProcessGroup.Start(
        new ProcessSpec("sh", ["-c", script], Path.GetTempPath(), new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! }),
        _monitor,
        (line, _) => _lines.Writer.TryWrite(line));

    private async Task<string> LineAsync() => await _lines.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit, TestContext.Current.CancellationToken);
}
