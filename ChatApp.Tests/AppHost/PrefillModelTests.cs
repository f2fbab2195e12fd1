using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>Which engines are expected to go on from the beginning of an answer.</summary>
public sealed class PrefillModelTests
{
    [Theory]
    [InlineData("true", "--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp")]
    [InlineData("true", "--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=llama.cpp")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp", "--ChatApp:Engine:Prefills=false")]
    [InlineData("false", "--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=ollama")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com", "--ChatApp:Model=big")]
    [InlineData("true", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com", "--ChatApp:Model=big", "--ChatApp:Engine:Prefills=true")]
    public async Task Prefills_EachEngine_IsToldToTheApi(string expected, params string[] args)
    {
        await using var model = await AppHostModel.CreateAsync(args);

        Assert.Equal(expected, (await model.EnvironmentAsync("api"))["Models__Prefills"]);
    }
}
