using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>Reads Linux' list of processes.</summary>
internal static class ProcessTable
{
    /// <summary>
    /// Whether a process of the group still runs. One that has ended but that nobody has collected does not count: in a
    /// container whose first process collects nothing, such remains stay for ever.
    /// </summary>
    public static bool HasLivingMember(int group)
    {
        if (!OperatingSystem.IsLinux())
        {
            return true;
        }

        var wanted = group.ToString(CultureInfo.InvariantCulture);
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            if (char.IsAsciiDigit(Path.GetFileName(directory)[0]) && Stat(directory) is [var state, _, var processGroup, ..]
                && processGroup == wanted && state is not ("Z" or "X"))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The fields after the name: state, parent, group, session …</summary>
    private static string[]? Stat(string directory)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(directory, "stat"));
            return text[(text.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended while we looked.
            return null;
        }
    }
}
