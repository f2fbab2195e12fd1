using System.Text;
using System.Text.Json;
using ChatApp.Inference.Dialects.Anthropic;
using ChatApp.Inference.Engines;
using ChatApp.Tests.Turns;
using Xunit;
using static ChatApp.Tests.Inference.Dialects.DialectCalls;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>Whole messages, as Anthropic's published reference shows them, as OpenAI's chat completions.</summary>
public sealed class AnthropicAnswerTests
{
    private readonly AnthropicDialect _dialect = new(new ManualTime());

    [Fact]
    public void TranslateBody_Text_IsACompletionWithTheCacheInItsTokens() => AssertTranslated(
        """
        {"id":"msg_01","type":"message","role":"assistant","model":"claude-1","content":[{"type":"text","text":"Hello "},{"type":"text","text":"\u00e9 \"you\"\n","citations":null}],
         "stop_reason":"end_turn","stop_sequence":null,"container":null,
         "usage":{"input_tokens":12,"cache_creation_input_tokens":100,"cache_read_input_tokens":2000,"cache_creation":{"ephemeral_5m_input_tokens":100},"output_tokens":7,"service_tier":"standard"}}
        """,
        """
        {"id":"msg_01","object":"chat.completion","created":1767225600,"model":"claude-1",
         "choices":[{"index":0,"message":{"role":"assistant","content":"Hello é \"you\"\n"},"finish_reason":"stop"}],
         "usage":{"prompt_tokens":2112,"completion_tokens":7,"total_tokens":2119,"prompt_tokens_details":{"cached_tokens":2000}}}
        """);

    [Fact]
    public void TranslateBody_ThinkingAndTools_AreReasoningAndToolCalls() => AssertTranslated(
        """
        {"id":"msg_02","type":"message","role":"assistant","model":"claude-1","content":[
           {"type":"thinking","thinking":"The user wants weather.","signature":"Eq=="},
           {"type":"redacted_thinking","data":"xyz"},
           {"type":"tool_use","id":"toolu_1","name":"weather","input":{"city": "Oslo"}},
           {"type":"tool_use","id":"toolu_2","name":"now","input":{}}],
         "stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":9}}
        """,
        """
        {"id":"msg_02","object":"chat.completion","created":1767225600,"model":"claude-1",
         "choices":[{"index":0,"message":{"role":"assistant","content":null,"reasoning_content":"The user wants weather.","tool_calls":[
            {"id":"toolu_1","type":"function","function":{"name":"weather","arguments":"{\"city\": \"Oslo\"}"}},
            {"id":"toolu_2","type":"function","function":{"name":"now","arguments":"{}"}}]},"finish_reason":"tool_calls"}],
         "usage":{"prompt_tokens":5,"completion_tokens":9,"total_tokens":14,"prompt_tokens_details":{"cached_tokens":0}}}
        """);

    [Theory]
    [InlineData("end_turn", "stop")]
    [InlineData("stop_sequence", "stop")]
    [InlineData("max_tokens", "length")]
    [InlineData("model_context_window_exceeded", "length")]
    [InlineData("refusal", "content_filter")]
    [InlineData("pause_turn", "stop")]
    [InlineData("something_new", "stop")]
    public void TranslateBody_StopReason_IsAFinishReason(string reason, string expected)
    {
        var answer = Translate($$$"""{"id":"m","type":"message","model":"c","content":[],"stop_reason":"{{{reason}}}","usage":{}}""");

        Assert.Equal(expected, (string)Json(answer)["choices"]![0]!["finish_reason"]!);
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""")]
    [InlineData("""{"id":"m","object":"chat.completion","choices":[]}""")]
    [InlineData("""{"id":"m","type":"message","content":"text","stop_reason":"end_turn"}""")]
    [InlineData("""{"id":"m","type":"message","content":[],"stop_reason":null}""")]
    [InlineData("""{"id":"m","type":"message","content":[""")]
    [InlineData("[]")]
    [InlineData("")]
    public void TranslateBody_NoMessage_IsAJsonException(string body) => Assert.ThrowsAny<JsonException>(() => Translate(body));

    private ReadOnlyMemory<byte> Translate(string body) => _dialect.TranslateBody(Call("""{"model":"m"}"""), Target(EngineKind.Anthropic, "claude-1"), Encoding.UTF8.GetBytes(body));

    private void AssertTranslated(string body, string expected) => AssertSame(expected, Translate(body));
}
