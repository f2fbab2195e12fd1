using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatApp.Inference.Dialects;
using ChatApp.Inference.Dialects.Anthropic;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>Streams, as Anthropic's published reference shows them, as OpenAI's chunks.</summary>
public sealed class AnthropicStreamTests
{
    private const string Start =
        """{"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant","content":[],"model":"claude-1","stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":25,"cache_creation_input_tokens":10,"cache_read_input_tokens":300,"output_tokens":1}}}""";

    private const string Stop = """{"type":"message_stop"}""";

    private const string Head = "{\"id\":\"msg_1\",\"object\":\"chat.completion.chunk\",\"created\":1763700000,\"model\":\"claude-1\",\"choices\":[";

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly MessageEvents _events = new(1763700000);

    [Fact]
    public void Translate_Text_IsChunksThenTokensThenDone()
    {
        Assert.Equal(
            [
                Chunk("""{"role":"assistant","content":""}"""),
                Chunk("""{"content":"Hello"}"""),
                Chunk("""{"content":" \u00e9\n\"you\" é 🙂"}"""),
                Chunk("{}", "stop"),
                Head + """],"usage":{"prompt_tokens":335,"completion_tokens":15,"total_tokens":350,"prompt_tokens_details":{"cached_tokens":300}}}""",
                "[DONE]",
            ],
            Translated(
                Start,
                """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""",
                """{"type": "ping"}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}""",
                """{"delta":{"text":" \u00e9\n\"you\" é 🙂","type":"text_delta"},"index":0,"type":"content_block_delta"}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"citations_delta","citation":{"type":"x","text":"no"}}}""",
                """{"type":"content_block_stop","index":0}""",
                """{"type":"something_new","content":[{"a":1}]}""",
                """{"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":15}}""",
                Stop));
    }

    [Fact]
    public void Translate_ThinkingAndTools_AreReasoningAndToolCalls()
    {
        Assert.Equal(
            [
                Chunk("""{"role":"assistant","content":""}"""),
                Chunk("""{"reasoning_content":"Let me see"}"""),
                Chunk("""{"tool_calls":[{"index":0,"id":"toolu_1","type":"function","function":{"name":"weather","arguments":""}}]}"""),
                Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":"{\"city\":"}}]}"""),
                Chunk("""{"tool_calls":[{"index":0,"function":{"arguments":" \"Oslo\"}"}}]}"""),
                Chunk("""{"tool_calls":[{"index":1,"id":"toolu_2","type":"function","function":{"name":"now","arguments":""}}]}"""),
                Chunk("""{"tool_calls":[{"index":1,"function":{"arguments":"{}"}}]}"""),
                Chunk("{}", "tool_calls"),
            ],
            Translated(
                Start,
                """{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Let me see"}}""",
                """{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"Eq=="}}""",
                """{"type":"content_block_stop","index":0}""",
                """{"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"srv_1","name":"web_search","input":{}}}""",
                """{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{\"query\":1}"}}""",
                """{"type":"content_block_stop","index":1}""",
                """{"type":"content_block_start","index":2,"content_block":{"type":"tool_use","id":"toolu_1","name":"weather","input":{}}}""",
                """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":""}}""",
                """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":"{\"city\":"}}""",
                """{"type":"content_block_delta","index":2,"delta":{"type":"input_json_delta","partial_json":" \"Oslo\"}"}}""",
                """{"type":"content_block_stop","index":2}""",
                """{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"toolu_2","name":"now","input":{}}}""",
                """{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}""",
                """{"type":"content_block_stop","index":3}""",
                """{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":89}}"""));
    }

    [Fact]
    public void Translate_CountsInTheLastDelta_ReplaceTheFirst()
    {
        var translated = Translated(
            Start,
            """{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"input_tokens":30,"cache_creation_input_tokens":0,"cache_read_input_tokens":null,"output_tokens":4}}""",
            Stop);

        Assert.Equal("length", (string)JsonNode.Parse(translated[1])!["choices"]![0]!["finish_reason"]!);
        Assert.Equal((330, 4), ((int)JsonNode.Parse(translated[2])!["usage"]!["prompt_tokens"]!, (int)JsonNode.Parse(translated[2])!["usage"]!["completion_tokens"]!));
    }

    [Theory]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded, said sk-secret"}}""", "overloaded_error")]
    [InlineData("""{"type":"error","error":{"type":"Sk-secret 1","message":"x"}}""", "an error")]
    [InlineData("""{"type":"error"}""", "an error")]
    public void Translate_Error_SaysItsTypeAndNoMore(string data, string expected)
    {
        var failure = Assert.Throws<DialectException>(() => Translated(Start, data));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[DONE]")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"content_block_delta\",\"delta\":\"x\"}")]
    [InlineData("{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":{}}}")]
    [InlineData("{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"half")]
    [InlineData("{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\",\"text\":\"bad \\x escape\"}}")]
    [InlineData("{\"type\":\"ping\"}{\"type\":\"ping\"}")]
    [InlineData("{\"type\":\"message_stop\"}")]
    public void Translate_NoEventOfTheApi_IsAJsonException(string data) => Assert.ThrowsAny<JsonException>(() => Translated(Start, data));

    [Fact]
    public void Translate_TextBeforeTheStart_IsAJsonException() => Assert.ThrowsAny<JsonException>(() =>
        Translated("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello"}}"""));

    [Fact]
    public void Translate_Piece_AllocatesNothing()
    {
        Translated(Start, """{"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}""");
        var data = """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hello there"}}"""u8.ToArray();
        var output = new ArrayBufferWriter<byte>(1024);
        for (var i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            _events.Translate(default, data, output);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            output.ResetWrittenCount();
            _events.Translate(default, data, output);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static string Chunk(string delta, string? finishReason = null) =>
        $"{Head}{{\"index\":0,\"delta\":{delta},\"finish_reason\":{(finishReason is null ? "null" : $"\"{finishReason}\"")}}}]}}";

    // The events' data; each is JSON, or what ends the stream.
    private List<string> Translated(params string[] data)
    {
        var ended = false;
        foreach (var one in data)
        {
            ended = _events.Translate(default, Encoding.UTF8.GetBytes(one), _output);
        }

        Assert.Equal(data[^1] == Stop, ended);
        var events = Encoding.UTF8.GetString(_output.WrittenSpan).Split("\n\n");
        Assert.Equal("", events[^1]);
        return [.. events[..^1].Select(static line =>
        {
            Assert.StartsWith("data: ", line, StringComparison.Ordinal);
            Assert.True(line == "data: [DONE]" || JsonNode.Parse(line[6..]) is JsonObject);
            return line[6..];
        })];
    }
}
