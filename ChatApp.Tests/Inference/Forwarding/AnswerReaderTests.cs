using System.Text;
using System.Text.Json;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Forwarding;
using Xunit;

namespace ChatApp.Tests.Inference.Forwarding;

public sealed class AnswerReaderTests
{
    [Theory]
    [InlineData("""{"choices":[{"delta":{"role":"assistant"},"finish_reason":null}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"role":"assistant","content":""}}]}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":null,"tool_calls":[]}}]}""", false)]
    [InlineData("""{"choices":[],"usage":null}""", false)]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":""}}]}}]}""", true)]
    [InlineData("""{"choices":[{"message":{"role":"assistant","content":"x"}}]}""", true)]
    [InlineData("""{"choices":[{"text":"x","logprobs":{"tokens":["x"]}}]}""", true)]
    [InlineData("""{"choices":[{"text":""}]}""", false)]
    public void Read_Choices_KnowsAPieceFromWhatIsAroundIt(string json, bool hasPiece) => Assert.Equal(hasPiece, Read(json, new CallUsage()).HasPiece);

    [Fact]
    public void Read_Usage_IsNoted()
    {
        var usage = new CallUsage();

        Read("""{"id":"1","model":"m-1","choices":[{"delta":{},"finish_reason":"length"}],"usage":{"completion_tokens":7,"prompt_tokens":21,"total_tokens":28,"completion_tokens_details":{"reasoning_tokens":1},"prompt_tokens_details":{"audio_tokens":0,"cached_tokens":8}}}""", usage);

        Assert.Equal((21L, 7L, 8L, true, "m-1", "length"), (usage.InputTokens, usage.OutputTokens, usage.CachedTokens, usage.IsCounted, usage.ResponseModel, usage.FinishReason));
    }

    [Fact]
    public void Read_LlamaServersTimings_TellTheCachedTokens()
    {
        var usage = new CallUsage();

        Read("""{"choices":[],"usage":{"completion_tokens":7,"prompt_tokens":21},"timings":{"cache_n":13,"prompt_n":8,"prompt_ms":1.5}}""", usage);

        Assert.Equal((21L, 13L), (usage.InputTokens, usage.CachedTokens));
    }

    [Theory]
    [InlineData("""{"error":{"message":"x"}}""", true)]
    [InlineData("""{"error":"x"}""", true)]
    [InlineData("""{"error":null,"choices":[]}""", false)]
    public void Read_Error_IsSeen(string json, bool hasError) => Assert.Equal(hasError, Read(json, new CallUsage()).HasError);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{\"choices\":[")]
    [InlineData("{\"choices\":[{\"delta\":}]}")]
    [InlineData("{\"choices\":[1]}")]
    [InlineData("{} {}")]
    [InlineData("{\"choices\":[]}x")]
    public void Read_NoWholeObject_Throws(string json) => Assert.ThrowsAny<JsonException>(() => Read(json, new CallUsage()));

    private static (bool HasPiece, bool HasError) Read(string json, CallUsage usage)
    {
        var facts = AnswerReader.Read(Encoding.UTF8.GetBytes(json), usage);
        return (facts.HasPiece, facts.HasError);
    }
}
