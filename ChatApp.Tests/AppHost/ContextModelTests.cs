using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>How much of a conversation the Api is told that its engine holds.</summary>
public sealed class ContextModelTests
{
    [Theory]
    [InlineData("4096", "--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp")]
    [InlineData("16384", "--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=llama.cpp", "--ChatApp:Engine:ContextTokens=16384")]
    [InlineData(null, "--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=ollama")]
    [InlineData(null, "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com", "--ChatApp:Model=big")]
    public async Task ContextTokens_OfAnEngineThatIsOurs_AreToldToTheApi(string? expected, params string[] args)
    {
        await using var model = await AppHostModel.CreateAsync(args);

        Assert.Equal(expected, (await model.EnvironmentAsync("api")).GetValueOrDefault("Models__ContextTokens"));
    }
}
