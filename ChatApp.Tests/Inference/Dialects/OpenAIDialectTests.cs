using ChatApp.Inference.Calls;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Engines;
using Xunit;
using static ChatApp.Tests.Inference.Dialects.DialectCalls;

namespace ChatApp.Tests.Inference.Dialects;

public sealed class OpenAIDialectTests
{
    private readonly OpenAIDialect _dialect = new();

    [Fact]
    public void Write_AnotherModelThere_OnlyTheNameChanges()
    {
        const string Body = """{ "messages" : [ {"role":"user","content":"model \"mine\" é"} ],"unknown":{"model":"mine"}, "model" : "mine" ,"seed":1}""";

        var request = _dialect.Write(Call(Body), Target(EngineKind.OpenAI, "org/\"theirs\":8b"));

        Assert.Equal(Body.Replace(""" "model" : "mine" """, """ "model" : "org/\u0022theirs\u0022:8b" """, StringComparison.Ordinal), Text(request.Body));
        Assert.Equal(("v1/chat/completions", false), (request.Path, request.HidesUsage));
        Assert.Equal($"Bearer {Key}", Header(request, "Authorization")?.Value);
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[]}""", nameof(CallKind.Chat))]
    [InlineData("""{"model":"m","stream":true,"stream_options":{"include_usage":true}}""", nameof(CallKind.Chat))]
    [InlineData("""{"model":"m","prompt":"x","stream":false}""", nameof(CallKind.Completion))]
    [InlineData("""{"model":"m","input":"x","stream":true}""", nameof(CallKind.Embedding))]
    [InlineData("""{"model":"m","stream":true,"stream_options":7}""", nameof(CallKind.Chat))]
    public void Write_NothingToChange_IsTheSameMemory(string body, string kind)
    {
        var call = Call(body, kind);

        var request = _dialect.Write(call, Target(EngineKind.OpenAI, "m"));

        Assert.Equal((call.Body.Json, false), (request.Body, request.HidesUsage));
    }

    [Theory]
    [InlineData("""{"model":"m","stream":true}""", """{"stream_options":{"include_usage":true},"model":"m","stream":true}""")]
    [InlineData(""" {"model":"m","stream_options":null,"stream":true}""", """ {"model":"m","stream_options":{"include_usage":true},"stream":true}""")]
    [InlineData("""{"stream":true,"stream_options":{},"model":"m"}""", """{"stream":true,"stream_options":{"include_usage":true},"model":"m"}""")]
    [InlineData(
        """{"stream":true,"stream_options":{"a":[1, {"include_usage":1}],"include_usage":false,"é\n":"x"},"model":"m"}""",
        """{"stream":true,"stream_options":{"include_usage":true,"a":[1, {"include_usage":1}],"\u00E9\n":"x"},"model":"m"}""")]
    public void Write_StreamThatDoesNotAskForUsage_AsksAndHidesIt(string body, string expected)
    {
        var request = _dialect.Write(Call(body), Target(EngineKind.OpenAI, "m"));

        Assert.Equal((expected, true), (Text(request.Body), request.HidesUsage));
    }

    [Fact]
    public void Write_NameAndUsageTogether_BothAreSpliced()
    {
        var request = _dialect.Write(
            Call("""{"model":"mine","stream":true,"stream_options":{"include_usage":false},"prompt":"x"}""", CallKind.Completion), Target(EngineKind.OpenAI, "theirs"));

        Assert.Equal("""{"model":"theirs","stream":true,"stream_options":{"include_usage":true},"prompt":"x"}""", Text(request.Body));
        Assert.Equal("v1/completions", request.Path);
    }

    [Theory]
    [InlineData("""{"model":"m","messages":[]}""", """{"cache_prompt":true,"model":"m","messages":[]}""")]
    [InlineData("""{"model":"m","cache_prompt":false}""", """{"model":"m","cache_prompt":false}""")]
    [InlineData("""{"model":"m","stream":true}""", """{"stream_options":{"include_usage":true},"cache_prompt":true,"model":"m","stream":true}""")]
    public void Write_LlamaServer_KeepsThePromptUnlessTheCallerSays(string body, string expected) =>
        Assert.Equal(expected, Text(_dialect.Write(Call(body), Target(EngineKind.LlamaCpp, "m")).Body));

    [Fact]
    public void Write_LlamaServersEmbedding_IsAsItWas() =>
        Assert.Equal("""{"model":"m","input":"x"}""", Text(_dialect.Write(Call("""{"model":"m","input":"x"}""", CallKind.Embedding), Target(EngineKind.LlamaCpp, "m")).Body));

    [Theory]
    [InlineData("""{"model":"m","max_completion_tokens":7}""", """{"max_tokens":7,"model":"m","max_completion_tokens":7}""")]
    [InlineData("""{"model":"m","max_completion_tokens":7,"max_tokens":9}""", """{"model":"m","max_completion_tokens":7,"max_tokens":9}""")]
    [InlineData("""{"model":"m"}""", """{"model":"m"}""")]
    public void Write_Ollama_HasItsBoundByTheNameItKnows(string body, string expected) =>
        Assert.Equal(expected, Text(_dialect.Write(Call(body), Target(EngineKind.Ollama, "m")).Body));

    [Fact]
    public void Write_EngineWithoutAKey_SendsNone() =>
        Assert.Empty(_dialect.Write(Call("""{"model":"m"}"""), Target(EngineKind.Ollama, "m", key: null)).Headers);

    [Fact]
    public void TranslateBody_IsWhatCameIn()
    {
        ReadOnlyMemory<byte> body = "{}"u8.ToArray();

        Assert.Equal(body, _dialect.TranslateBody(Call("""{"model":"m"}"""), Target(EngineKind.OpenAI, "m"), body));
        Assert.Null(_dialect.TranslateEvents(Call("""{"model":"m"}"""), Target(EngineKind.OpenAI, "m")));
    }
}
