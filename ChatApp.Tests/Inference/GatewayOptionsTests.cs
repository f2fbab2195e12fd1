using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class GatewayOptionsTests
{
    [Theory]
    [InlineData("Engines:0:Address", "not an address", "Engines:0:Address")]
    [InlineData("Engines:0:Address", "ftp://127.0.0.1", "Engines:0:Address")]
    [InlineData("Engines:0:Address", "http://127.0.0.1:1/v1", "must not end in /v1")]
    [InlineData("Engines:0:Address", "http://user:hunter2@127.0.0.1:1", "Engines:0:Address")]
    [InlineData("Engines:0:Model", "", "Engines:0:Model")]
    [InlineData("Engines:0:Name", "", "Engines:0:Name")]
    [InlineData("Engines:0:Name", "two words", "Engines:0:Name")]
    [InlineData("Engines:1:Name", "first", "names are unique")]
    [InlineData("Gateway:Key", "short", "Gateway:Key")]
    [InlineData("Gateway:Key", "", "Gateway:Key")]
    [InlineData("Gateway:MaxRequestBodyBytes", "10", "Gateway:MaxRequestBodyBytes")]
    [InlineData("Gateway:ActivityTimeout", "00:00:00", "Gateway:ActivityTimeout")]
    [InlineData("Gateway:ConnectTimeout", "01:00:00", "Gateway:ConnectTimeout")]
    public async Task Start_WrongSetting_FailsAndNamesTheKey(string key, string value, string expected)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(
            () => GatewayHost.StartAsync(new Uri("http://127.0.0.1:1"), (key, value)));

        Assert.Contains(expected, exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithoutEngines_FailsAndNamesTheKeys()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => GatewayHost.StartAsync([]));

        Assert.Contains("Engines:0:Address", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_UnknownKind_FailsAndNamesTheKey()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(
            () => GatewayHost.StartAsync(new Uri("http://127.0.0.1:1"), ("Engines:0:Kind", "Abacus")));

        Assert.Contains("Engines:0:Kind", exception.Message, StringComparison.Ordinal);
    }
}
