using System.Globalization;

namespace ChatApp.Bench.Streams;

/// <summary>What a process and those that it started have used, as the kernel counts it.</summary>
/// <param name="CpuSeconds">Of user and system time, since the start.</param>
/// <param name="ResidentBytes">Of the process itself.</param>
internal sealed record ProcessUsage(double CpuSeconds, long ResidentBytes)
{
    private const double TicksPerSecond = 100;

    /// <param name="id">The process.</param>
    /// <param name="alone">Without those that it started.</param>
    public static ProcessUsage Of(int id, bool alone = false)
    {
        var stats = Directory.EnumerateDirectories("/proc")
            .Select(static d => int.TryParse(Path.GetFileName(d), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(static number => number > 0).Select(Read).OfType<Stat>().ToList();
        var family = new HashSet<int> { id };
        int known;
        do
        {
            // Children, and theirs.
            known = family.Count;
            family.UnionWith(alone ? [] : stats.Where(s => family.Contains(s.Parent)).Select(static s => s.Id));
        }
        while (!alone && family.Count > known);

        var cpu = stats.Where(s => family.Contains(s.Id)).Sum(static s => s.Ticks) / TicksPerSecond;
        return new ProcessUsage(cpu, (stats.FirstOrDefault(s => s.Id == id)?.Pages ?? 0) * Environment.SystemPageSize);
    }

    private static Stat? Read(int id)
    {
        try
        {
            // The name, in brackets, may hold anything; what follows is numbers. See proc_pid_stat(5).
            var text = File.ReadAllText($"/proc/{id}/stat");
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long Field(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return new Stat(id, (int)Field(4), Field(14) + Field(15), Field(24));
        }
        catch (IOException)
        {
            // It has ended.
            return null;
        }
    }

    private sealed record Stat(int Id, int Parent, long Ticks, long Pages);
}
