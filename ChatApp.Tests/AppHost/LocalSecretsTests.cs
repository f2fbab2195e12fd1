using System.Runtime.Versioning;
using ChatApp.AppHost.Local;
using Xunit;

namespace ChatApp.Tests.AppHost;

[SupportedOSPlatform("linux")]
public sealed class LocalSecretsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chatapp-secrets-");

    private string SecretsFile => Path.Combine(_folder.FullName, "data", "secrets.json");

    [Fact]
    public void ReadOrMake_FirstStart_MakesAnotherForEachNameAndInstallation()
    {
        var one = LocalSecrets.ReadOrMake(SecretsFile, "one");

        Assert.Equal(48, one.Length);
        Assert.NotEqual(one, LocalSecrets.ReadOrMake(SecretsFile, "two"));
        Assert.NotEqual(one, LocalSecrets.ReadOrMake(Path.Combine(_folder.FullName, "other", "secrets.json"), "one"));
        Assert.Equal(one, LocalSecrets.ReadOrMake(SecretsFile, "one"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretsFile));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(SecretsFile)!));
    }

    [Fact]
    public void ReadOrMake_FileThatOthersMayRead_IsClosedToThem()
    {
        var one = LocalSecrets.ReadOrMake(SecretsFile, "one");
        File.SetUnixFileMode(SecretsFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        Assert.Equal(one, LocalSecrets.ReadOrMake(SecretsFile, "one"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(SecretsFile));
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
