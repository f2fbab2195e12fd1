using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>Which engines count as an outside provider's, from which people can keep their memories.</summary>
public sealed class OutsideModelTests
{
    [Theory]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Kind=llama.cpp")]
    [InlineData("false", "--ChatApp:RunOn=containers", "--ChatApp:Engine:Kind=ollama")]
    [InlineData("true", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com", "--ChatApp:Model=big")]
    [InlineData("true", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://203.0.113.7:8000", "--ChatApp:Model=big")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://127.0.0.1:8000", "--ChatApp:Model=big")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://192.168.1.20:8000", "--ChatApp:Model=big")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://[fd00::1]:8000", "--ChatApp:Model=big")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://vllm:8000", "--ChatApp:Model=big")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://gpu.internal:8000", "--ChatApp:Model=big")]
    [InlineData("false", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=https://llm.example.com", "--ChatApp:Model=big", "--ChatApp:Engine:Outside=false")]
    [InlineData("true", "--ChatApp:RunOn=local", "--ChatApp:Engine:Address=http://vllm:8000", "--ChatApp:Model=big", "--ChatApp:Engine:Outside=true")]
    public async Task Outside_EachEngine_IsToldToTheApi(string expected, params string[] args)
    {
        await using var model = await AppHostModel.CreateAsync(args);

        Assert.Equal(expected, (await model.EnvironmentAsync("api"))["Models__Outside"]);
    }
}
