using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Engines;
using Xunit;
using static ChatApp.Tests.Inference.Dialects.DialectCalls;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class AzureOpenAIDialectTests
{
    private readonly AzureOpenAIDialect _dialect = new();

    [Theory]
    [InlineData(nameof(CallKind.Chat), "openai/deployments/my%20gpt/chat/completions?api-version=2024-10-21")]
    [InlineData(nameof(CallKind.Completion), "openai/deployments/my%20gpt/completions?api-version=2024-10-21")]
    [InlineData(nameof(CallKind.Embedding), "openai/deployments/my%20gpt/embeddings?api-version=2024-10-21")]
    public void Write_Call_GoesToTheDeployment(string kind, string path)
    {
        var request = _dialect.Write(Call("""{"model":"m"}""", kind), Target(EngineKind.AzureOpenAI, "my gpt"));

        Assert.Equal((path, """{"model":"m"}"""), (request.Path, Text(request.Body)));
        Assert.Equal(new KeyValuePair<string, string>("api-key", Key), Assert.Single(request.Headers));
    }

    [Fact]
    public void Write_VersionOfTheEngine_IsAskedFor() =>
        Assert.EndsWith("?api-version=2025-04-01-preview", _dialect.Write(Call("""{"model":"m"}"""), Target(EngineKind.AzureOpenAI, "d", "2025-04-01-preview")).Path, StringComparison.Ordinal);

    [Fact]
    public void Write_UndatedVersion_NamesTheDeploymentInTheBody()
    {
        var request = _dialect.Write(Call("""{"model":"m"}"""), Target(EngineKind.AzureOpenAI, "d", "v1"));

        Assert.Equal(("openai/v1/chat/completions", """{"model":"d"}"""), (request.Path, Text(request.Body)));
    }

    [Fact]
    public void Write_Stream_HasItsTokensCounted()
    {
        var request = _dialect.Write(Call("""{"model":"m","stream":true}"""), Target(EngineKind.AzureOpenAI, "d"));

        Assert.Equal(("""{"stream_options":{"include_usage":true},"model":"m","stream":true}""", true), (Text(request.Body), request.HidesUsage));
    }
}
