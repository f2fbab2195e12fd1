namespace ChatApp.Tests.Stack;

/// <summary>A data directory of its own for one stack, removed afterwards.</summary>
internal sealed class StackFolder : IDisposable
{
    public StackFolder()
    {
        Path = Directory.CreateTempSubdirectory("chatapp-tests-").FullName;

        // The servers run as their own users when the tests run as root, and must get through to their folders.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, (UnixFileMode)0b111_001_001);
        }
    }

    public string Path { get; }

    public void Dispose()
    {
        try
        {
            Directory.Delete(Path, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
        }
    }
}
