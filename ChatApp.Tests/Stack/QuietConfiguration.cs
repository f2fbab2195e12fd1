using System.Runtime.CompilerServices;

namespace ChatApp.Tests.Stack;

/// <summary>
/// Hosts that tests start do not watch their settings' files: each watcher is an inotify instance that outlives its host for a while,
/// and a user has 128 of them.
/// </summary>
internal static class QuietConfiguration
{
    [ModuleInitializer]
    internal static void Begin() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
