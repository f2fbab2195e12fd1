namespace ChatApp.Bench.Gateway.Stage;

/// <summary>Programs of the machine.</summary>
internal static class Executables
{
    /// <summary>The full path of a program on <c>PATH</c>; null when it is not there.</summary>
    public static string? Find(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}
