namespace ChatApp.AppHost.Containers;

/// <summary>Docker or Podman on this machine.</summary>
internal static class ContainerRuntime
{
    /// <summary>Installed is not enough: the daemon must answer, or nothing would start.</summary>
    public static bool Answers() => MachineProbe.Ask("docker", "info") is not null || MachineProbe.Ask("podman", "info") is not null;

    /// <summary>An NVIDIA GPU that a container can be given.</summary>
    public static bool HasGpu() => MachineProbe.Ask("nvidia-smi", "--list-gpus") is { } list && list.Contains("GPU", StringComparison.Ordinal);

    /// <summary>The words that give a container the GPUs, which Podman says differently.</summary>
    public static string[] GpuArguments() => MachineProbe.Ask("docker", "info") is null ? ["--device", "nvidia.com/gpu=all"] : ["--gpus", "all"];
}
