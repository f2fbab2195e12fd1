using System.Diagnostics;
using System.Globalization;

namespace Aspire.Hosting.Orchestration;

/// <summary>
/// Ends the resources' process groups when the AppHost is gone, however it went. It is a shell in a session of its own
/// that reads the groups' numbers from a pipe; the pipe closes with the AppHost, also when that was killed.
/// </summary>
internal sealed class ProcessMonitor : IDisposable
{
    /// <summary>The seconds between asking a group to end and killing it, once the AppHost is gone.</summary>
    private const string Script =
        """
        trap '' HUP INT TERM
        exec >/dev/null 2>&1
        groups=
        while read -r change group; do
          case $change in
            +) groups="$groups $group" ;;
            -) kept=; for g in $groups; do [ "$g" = "$group" ] || kept="$kept $g"; done; groups=$kept ;;
          esac
        done
        for g in $groups; do kill -s TERM -- "-$g"; done
        tries=0
        while [ $tries -lt 50 ]; do
          alive=
          for g in $groups; do kill -s 0 -- "-$g" && alive=yes; done
          [ -z "$alive" ] && exit 0
          sleep 0.1
          tries=$((tries + 1))
        done
        for g in $groups; do kill -s KILL -- "-$g"; done
        """;

    private readonly Lock _gate = new();
    private readonly Process _shell;

    public ProcessMonitor()
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, UseShellExecute = false };
        start.ArgumentList.Add("sh");
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(Script);
        _shell = Process.Start(start) ?? throw new DistributedApplicationException("The process monitor did not start.");
        _shell.StandardInput.AutoFlush = true;
    }

    public void Watch(int group) => Tell('+', group);

    public void Forget(int group) => Tell('-', group);

    public void Dispose()
    {
        _shell.StandardInput.Dispose();
        _shell.Dispose();
    }

    private void Tell(char change, int group)
    {
        lock (_gate)
        {
            try
            {
                _shell.StandardInput.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{change} {group}"));
            }
            catch (IOException)
            {
                // The monitor was ended by someone. The application goes on; it only loses the net below it.
            }
        }
    }
}
