using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Aspire.Hosting.Orchestration;

/// <summary>What to start.</summary>
internal sealed record ProcessSpec(string Command, IReadOnlyList<string> Arguments, string WorkingDirectory, IReadOnlyDictionary<string, string> Environment);

/// <summary>A process in a session and process group of its own, so that all it started can be ended together.</summary>
internal sealed partial class ProcessGroup
{
    private const int Terminate = 15;
    private const int Kill = 9;

    /// <summary>How long output that is on its way may take to arrive once the process has ended.</summary>
    private static readonly TimeSpan LastOutput = TimeSpan.FromMilliseconds(500);

    private readonly Process _process;
    private readonly ProcessMonitor _monitor;
    private int _isForgotten;

    private ProcessGroup(Process process, ProcessMonitor monitor, Action<string, bool> onLine)
    {
        _process = process;
        _monitor = monitor;
        Id = process.Id;
        Exited = WaitAsync(Task.WhenAll(ReadAsync(process.StandardOutput, isError: false, onLine), ReadAsync(process.StandardError, isError: true, onLine)));
    }

    /// <summary>The process' number, which is also its group's.</summary>
    public int Id { get; }

    /// <summary>Completes with the exit code when the first process of the group has ended.</summary>
    public Task<int> Exited { get; }

    public static ProcessGroup Start(ProcessSpec spec, ProcessMonitor monitor, Action<string, bool> onLine)
    {
        var start = new ProcessStartInfo("setsid")
        {
            WorkingDirectory = spec.WorkingDirectory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // The shell waits for a line before it becomes the program. The line comes once the monitor knows the group, and
        // if the AppHost dies before that, the shell reads the end of the pipe: no moment is left in which a process can get lost.
        foreach (var argument in (string[])["sh", "-c", "IFS= read -r go || exit 125; exec \"$0\" \"$@\" </dev/null", spec.Command, .. spec.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Clear();
        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start) ?? throw new DistributedApplicationException($"'{spec.Command}' did not start.");
        var group = new ProcessGroup(process, monitor, onLine);
        monitor.Watch(group.Id);
        try
        {
            process.StandardInput.Write('\n');
            process.StandardInput.Dispose();
        }
        catch (IOException)
        {
            // The shell has ended already; its exit code says why.
        }

        return group;
    }

    /// <summary>Asks the group to end, waits, and kills what is left.</summary>
    public async Task<bool> StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        Signal(Terminate);
        var ended = await HasEndedAsync(grace, cancellationToken);
        if (!ended)
        {
            Signal(Kill);
            await HasEndedAsync(grace, CancellationToken.None);
        }

        Forget();
        return ended;
    }

    /// <summary>Lets go of a group whose processes have all ended by themselves.</summary>
    public void ForgetIfEmpty()
    {
        if (!IsAlive())
        {
            Forget();
        }
    }

    private static async Task ReadAsync(StreamReader reader, bool isError, Action<string, bool> onLine)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            onLine(line, isError);
        }
    }

    private async Task<int> WaitAsync(Task output)
    {
        // Not WaitForExitAsync, which also waits for the output: a child of the process may hold that open for ever.
        var exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => exited.TrySetResult();
        _process.EnableRaisingEvents = true;
        if (!_process.HasExited)
        {
            await exited.Task;
        }

        await Task.WhenAny(output, Task.Delay(LastOutput));
        return _process.ExitCode;
    }

    private async Task<bool> HasEndedAsync(TimeSpan limit, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        while (IsAlive())
        {
            if (clock.Elapsed > limit || cancellationToken.IsCancellationRequested)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
        }

        await Exited;
        return true;
    }

    private bool IsAlive() =>
        Volatile.Read(ref _isForgotten) == 0 && (!_process.HasExited || (kill(-Id, 0) == 0 && ProcessTable.HasLivingMember(Id)));

    private void Signal(int signal)
    {
        // Once the group is empty its number may be given to somebody else, so it is not used again.
        if (Volatile.Read(ref _isForgotten) != 0)
        {
            return;
        }

        // In its first moment the process has not made its group yet; it is still ours to signal by its own number.
        if (kill(-Id, signal) != 0 && !_process.HasExited)
        {
            _ = kill(Id, signal);
        }
    }

    private void Forget()
    {
        if (Interlocked.Exchange(ref _isForgotten, 1) == 0)
        {
            _monitor.Forget(Id);
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);
}
