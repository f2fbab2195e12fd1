using System.Diagnostics;
using System.Globalization;

namespace ChatApp.Faults.Processes;

/// <summary>
/// A small shell that knows every process group of a cluster, and kills them and removes the folder when this process goes,
/// however it goes: it reads the end of a pipe.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private const string Script = """
        groups=' '
        while read -r sign group; do
          case $sign in
            +) groups="$groups$group " ;;
            -) groups=$(printf '%s' "$groups" | sed "s/ $group / /") ;;
          esac
        done
        for group in $groups; do kill -KILL -- "-$group" 2>/dev/null; done
        rm -rf "$1"
        """;

    private readonly Lock _gate = new();
    private readonly Process _shell;

    public Watchdog(string folder)
    {
        var start = new ProcessStartInfo("setsid") { UseShellExecute = false, RedirectStandardInput = true };
        foreach (var argument in (string[])["sh", "-c", Script, "chatapp-watchdog", folder])
        {
            start.ArgumentList.Add(argument);
        }

        _shell = Process.Start(start)!;
    }

    public void Watch(int group) => Write('+', group);

    public void Forget(int group) => Write('-', group);

    /// <summary>Has it do its work now.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _shell.StandardInput.Dispose();
        }

        _shell.WaitForExit(TimeSpan.FromSeconds(10));
        _shell.Dispose();
    }

    private void Write(char sign, int group)
    {
        lock (_gate)
        {
            _shell.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sign} {group}"));
            _shell.StandardInput.Flush();
        }
    }
}
