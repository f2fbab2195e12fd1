using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting;

public sealed class ParameterTests
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("--Parameters:my-key=v")]
    [InlineData("--Parameters:my_key=v")]
    public async Task GetValueAsync_InConfiguration_IsFound(string argument)
    {
        var parameter = Model.Builder(argument).AddParameter("my-key");

        Assert.Equal("v", await parameter.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task GetValueAsync_Missing_NamesTheKey()
    {
        var parameter = Model.Builder().AddParameter("my-key").Resource;

        var e = await Assert.ThrowsAsync<MissingParameterValueException>(async () => await parameter.GetValueAsync(Cancellation));

        Assert.Contains("Parameters:my-key", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetValueAsync_Literal_IgnoresTheConfiguration()
    {
        var parameter = Model.Builder("--Parameters:p=other").AddParameter("p", "literal");

        Assert.Equal("literal", await parameter.Resource.GetValueAsync(Cancellation));
    }

    [Fact]
    public async Task GetValueAsync_Generated_IsTheSameEveryTime()
    {
        var parameter = Model.Builder().AddParameter("p", new GenerateParameterDefault { MinLength = 40, Special = false, MinNumeric = 5 }, secret: true).Resource;

        var first = await parameter.GetValueAsync(Cancellation);

        Assert.Equal(40, first!.Length);
        Assert.All(first, c => Assert.True(char.IsAsciiLetterOrDigit(c)));
        Assert.True(first.Count(char.IsAsciiDigit) >= 5);
        Assert.Equal(first, await parameter.GetValueAsync(Cancellation));
    }

    [Fact]
    public void AddParameter_SecretPublishedAsDefault_Throws()
    {
        Assert.Throws<ArgumentException>(() => Model.Builder().AddParameter("p", "v", publishValueAsDefault: true, secret: true));
    }
}
