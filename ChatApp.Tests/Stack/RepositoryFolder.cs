namespace ChatApp.Tests.Stack;

/// <summary>Where the solution is, found from where the tests were built to or from where they run.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } =
        Find(AppContext.BaseDirectory) ?? Find(Directory.GetCurrentDirectory())
        ?? Find(Path.GetDirectoryName(SourceFile())!) ?? throw new InvalidOperationException("ChatApp.sln is in no folder above.");

    /// <summary>A folder for what a test run leaves behind, made when it is not there.</summary>
    public static string Artifacts(string name) => Directory.CreateDirectory(Path.Combine(Root, ".artifacts", name)).FullName;

    private static string? Find(string? folder)
    {
        while (folder is not null && !File.Exists(Path.Combine(folder, "ChatApp.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder;
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;
}
