using System.Diagnostics;
using System.Globalization;

namespace ChatApp.Bench.Gateway.Stage;

/// <summary>Which processor cores are whose: one for what is measured, the others for what measures. Null where the machine cannot.</summary>
/// <param name="Gateway">As <c>taskset</c> takes it.</param>
/// <param name="Load">As <c>taskset</c> takes it.</param>
internal sealed record Cores(string? Gateway, string? Load)
{
    private const string Taskset = "taskset";
    private const int MostForLoad = 3;

    public string Description => Gateway is null
        ? "everything on whatever core was free (one core, or no taskset here): figures are worse than they should be"
        : $"gateway or proxy on core {Gateway}, engine simulator and load generator on core {Load}";

    /// <summary>What this process may use, shared out.</summary>
    public static Cores Find()
    {
        var allowed = Allowed();
        return allowed.Count < 2 || Executables.Find(Taskset) is null
            ? new Cores(null, null)
            : new Cores(Number(allowed[0]), string.Join(',', allowed.Skip(1).Take(MostForLoad).Select(Number)));
    }

    /// <summary>The words that start a program on these cores.</summary>
    public static string[] Command(string? cores, params ReadOnlySpan<string> program) => cores is null ? [.. program] : [Taskset, "-c", cores, .. program];

    /// <summary>Moves this process and its threads to the cores of the load.</summary>
    public void MoveHere()
    {
        if (Load is not null)
        {
            using var taskset = Process.Start(new ProcessStartInfo(Taskset, ["-a", "-c", "-p", Load, Number(Environment.ProcessId)]) { UseShellExecute = false, RedirectStandardOutput = true })!;
            taskset.WaitForExit();
        }
    }

    // "0-1,4", see proc_pid_status(5).
    private static List<int> Allowed()
    {
        var line = File.ReadLines("/proc/self/status").FirstOrDefault(static l => l.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)) ?? "";
        var cores = new List<int>();
        foreach (var range in line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var ends = range.Split('-').Select(static n => int.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            cores.AddRange(Enumerable.Range(ends[0], ends[^1] - ends[0] + 1));
        }

        return cores;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
