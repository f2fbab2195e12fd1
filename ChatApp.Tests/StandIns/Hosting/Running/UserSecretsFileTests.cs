using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

public sealed class UserSecretsFileTests
{
    [Fact]
    public void Set_SecondKey_KeepsOtherSecretsForTheOwnerAlone()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("chatapp-secrets-").FullName, "secrets.json");

        UserSecretsFile.Set(path, "Parameters:a", "1");
        UserSecretsFile.Set(path, "Parameters:b", "2");

        var text = File.ReadAllText(path);
        Assert.Contains("\"Parameters:a\": \"1\"", text, StringComparison.Ordinal);
        Assert.Contains("\"Parameters:b\": \"2\"", text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        }

        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }
}
