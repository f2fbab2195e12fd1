using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

public sealed class EnvironmentVariableNameTests
{
    [Theory]
    [InlineData("api", "api")]
    [InlineData("chat-db", "chat_db")]
    [InlineData("a.b:c", "a_b_c")]
    [InlineData("3d", "_3d")]
    [InlineData("größe", "gr__e")]
    [InlineData("", "_")]
    public void Encode_Name_HasOnlyAsciiLettersDigitsAndUnderscores(string name, string expected)
    {
        Assert.Equal(expected, EnvironmentVariableName.Encode(name));
    }
}
