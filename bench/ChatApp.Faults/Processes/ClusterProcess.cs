using System.Diagnostics;

namespace ChatApp.Faults.Processes;

/// <summary>One real process of a cluster, in a process group of its own, and everything that can be done to it.</summary>
public sealed class ClusterProcess
{
    private static readonly TimeSpan LastPatience = TimeSpan.FromSeconds(20);

    private readonly string _program;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private readonly string _logFile;
    private readonly Watchdog _watchdog;
    private Process? _process;

    internal ClusterProcess(
        string name, Uri? address, string program, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string> environment, string logFile, Watchdog watchdog)
    {
        Name = name;
        Address = address;
        Arguments = arguments;
        _program = program;
        _environment = environment;
        _logFile = logFile;
        _watchdog = watchdog;
    }

    /// <summary>What it is, and which one: <c>worker-2</c>.</summary>
    public string Name { get; }

    /// <summary>Where it listens; null for what is no HTTP service.</summary>
    public Uri? Address { get; }

    /// <summary>Its number; the same as its group's.</summary>
    public int Id => _process?.Id ?? throw new InvalidOperationException($"{Name} was not started.");

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Whether it was stopped with SIGSTOP and not let go on.</summary>
    public bool IsPaused { get; private set; }

    internal IReadOnlyList<string> Arguments { get; }

    public void Start()
    {
        if (IsRunning)
        {
            throw new InvalidOperationException($"{Name} runs already.");
        }

        // Written by the process itself, so that nothing is lost when it is killed, and nothing waits for a reader.
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, WorkingDirectory = Path.GetDirectoryName(_program)! };
        foreach (var argument in (string[])["sh", "-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh", _logFile, _program, .. Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        IsPaused = false;
        _watchdog.Watch(_process.Id);
    }

    /// <summary>kill -9, to it and to all that it started; returns when it is gone.</summary>
    public async Task KillAsync()
    {
        if (IsRunning)
        {
            Signals.SendToGroup(Id, Signals.Kill);
            await EndedAsync(LastPatience);
        }
    }

    /// <summary>kill -9 at this very moment; returns when the kernel has taken it away, so that nobody takes it for running.</summary>
    public void Kill()
    {
        Signals.SendToGroup(Id, Signals.Kill);
        _process!.WaitForExit(LastPatience);
    }

    public void Pause()
    {
        Signals.SendToGroup(Id, Signals.Stop);
        IsPaused = true;
    }

    public void Resume()
    {
        Signals.SendToGroup(Id, Signals.Continue);
        IsPaused = false;
    }

    /// <summary>SIGTERM, as a deploy does, and a kill when it takes longer than <paramref name="grace"/>.</summary>
    /// <returns>How long it took; null when it had to be killed.</returns>
    public async Task<TimeSpan?> StopAsync(TimeSpan grace)
    {
        if (!IsRunning)
        {
            return TimeSpan.Zero;
        }

        var clock = Stopwatch.StartNew();
        Signals.Send(Id, Signals.Terminate);
        if (await EndedAsync(grace))
        {
            return clock.Elapsed;
        }

        await KillAsync();
        return null;
    }

    /// <summary>Resident memory in bytes; 0 when it does not run.</summary>
    public long ResidentBytes()
    {
        try
        {
            var pages = File.ReadAllText($"/proc/{Id}/statm").Split(' ')[1];
            return long.Parse(pages, System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException)
        {
            return 0;
        }
    }

    /// <summary>The end of what it wrote.</summary>
    public string LogTail(int lines) => File.Exists(_logFile) ? string.Join(Environment.NewLine, File.ReadLines(_logFile).TakeLast(lines)) : "(nothing)";

    private async Task<bool> EndedAsync(TimeSpan patience)
    {
        using var enough = new CancellationTokenSource(patience);
        try
        {
            await _process!.WaitForExitAsync(enough.Token);
            _watchdog.Forget(Id);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
