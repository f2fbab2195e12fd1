namespace ChatApp.Faults.Processes;

/// <summary>Where the programs are: beside the one that runs now, in the one output folder of the build.</summary>
public static class Programs
{
    private static readonly string Configuration = new DirectoryInfo(AppContext.BaseDirectory).Name;

    /// <summary>The program of a project.</summary>
    public static string Find(string project)
    {
        var bin = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", ".."));
        var program = Path.Combine(bin, project, Configuration, project);
        return File.Exists(program)
            ? program
            : throw new InvalidOperationException($"{program} is not there: build {project} in the same configuration.");
    }

    /// <summary>A script of the repository.</summary>
    public static string Script(params ReadOnlySpan<string> path) => Path.Combine([Root(), .. path]);

    /// <summary>The repository.</summary>
    public static string Root() =>
        Find(AppContext.BaseDirectory, "ChatApp.sln") ?? Find(Directory.GetCurrentDirectory(), "ChatApp.sln")
        ?? throw new InvalidOperationException("ChatApp.sln is in no folder above.");

    private static string? Find(string? folder, string file)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, file)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }
}
