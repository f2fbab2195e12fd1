namespace ChatApp.AppHost.Local;

/// <summary>The servers that must be installed before anything is started, so that nothing half-started is left behind.</summary>
internal static class InstalledTools
{
    /// <exception cref="SetupException">The tool is not there, or this is no machine for running locally at all.</exception>
    public static void Require(HostSettings settings, string tool)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new SetupException("Without a container runtime the servers run as processes, which is done on Linux only: start Docker or Podman.");
        }

        // The same search as the scripts that start the servers do.
        var script = Path.Combine(settings.Repository, "eng", "local", "find-tool.sh");
        if (MachineProbe.Ask("bash", script, tool, ToolFolder(settings)) is null)
        {
            throw new SetupException($"{Named(tool)} is not installed here: run ./chatapp setup");
        }
    }

    /// <summary>True when llama-server is on PATH or was unpacked by the set-up.</summary>
    public static bool HasLlamaServer(HostSettings settings) =>
        MachineProbe.Ask("bash", Path.Combine(settings.Repository, "eng", "local", "find-tool.sh"), "llama", ToolFolder(settings)) is not null;

    /// <summary>Where the set-up unpacks llama-server; it belongs to the clone, whatever the data directory is.</summary>
    public static string ToolFolder(HostSettings settings) => Path.Combine(settings.Repository, ".data", "llama.cpp");

    private static string Named(string tool) => tool switch
    {
        "postgres" => "Postgres",
        "redis" => "Redis",
        _ => "llama-server",
    };
}
