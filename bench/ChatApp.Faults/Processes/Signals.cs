using System.Runtime.InteropServices;

namespace ChatApp.Faults.Processes;

/// <summary>Signals to processes and their groups.</summary>
internal static partial class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    /// <summary>Sends to a whole group, whose number is that of its first process.</summary>
    public static bool SendToGroup(int group, int signal) => kill(-group, signal) == 0;

    /// <summary>Sends to one process.</summary>
    public static bool Send(int process, int signal) => kill(process, signal) == 0;

    [LibraryImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int kill(int pid, int signal);
}
