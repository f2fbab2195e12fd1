using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>
/// What every kind of target gives to a caller of the gateway: the same chat, in OpenAI's shapes. On fake targets in every run, and on a
/// real server where the environment names one.
/// </summary>
public abstract class DialectContract
{
    private const string Tool = """{"type":"function","function":{"name":"get_weather","description":"The weather of a city.","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chat_Streamed_IsChunksToTheEnd()
    {
        await using var target = await StartAsync();

        var answer = await ChatAsync(target, """ "stream":true,"max_completion_tokens":200,"messages":[{"role":"user","content":"Hi"}]""");

        Assert.All(answer.Chunks.Where(static chunk => chunk["choices"]!.AsArray().Count > 0), static chunk => Assert.Equal("chat.completion.chunk", (string)chunk["object"]!));
        Assert.NotEqual("", answer.Said("content"));
        Assert.True(answer.FinishReason is "stop" or "length", answer.FinishReason);
        // The gateway has the tokens counted; a caller who did not ask is not told.
        Assert.DoesNotContain(answer.Chunks, static chunk => chunk["usage"] is JsonObject);
    }

    [Fact]
    public async Task Chat_StreamedWithUsage_EndsWithTheTokens()
    {
        await using var target = await StartAsync();

        var answer = await ChatAsync(target, """ "stream":true,"stream_options":{"include_usage":true},"max_completion_tokens":200,"messages":[{"role":"user","content":"Hi"}]""");

        Assert.NotEqual("", answer.Said("content"));
        Assert.Empty(answer.Chunks[^1]["choices"]!.AsArray());
        AssertCounted(answer.Chunks[^1]["usage"]!);
    }

    [Fact]
    public async Task Chat_Whole_IsACompletionWithItsTokens()
    {
        await using var target = await StartAsync();

        var answer = await ChatAsync(target, """ "max_completion_tokens":200,"messages":[{"role":"user","content":"Hi"}]""");

        Assert.Equal((HttpStatusCode.OK, "application/json"), (answer.Status, answer.MediaType));
        Assert.Equal("chat.completion", (string)answer.Json["object"]!);
        Assert.Equal("assistant", (string)answer.Json["choices"]![0]!["message"]!["role"]!);
        Assert.NotEqual("", (string)answer.Json["choices"]![0]!["message"]!["content"]!);
        Assert.True((string?)answer.Json["choices"]![0]!["finish_reason"] is "stop" or "length", answer.Body);
        AssertCounted(answer.Json["usage"]!);
    }

    [Fact]
    public async Task Chat_Conversation_IsTaken()
    {
        await using var target = await StartAsync();

        var answer = await ChatAsync(target,
            """
            "temperature":0,"max_completion_tokens":100,"messages":[
              {"role":"system","content":"You are Mira, a cheerful pirate captain."},
              {"role":"assistant","content":"Welcome aboard!"},
              {"role":"user","content":"My cat is called Tovani."},
              {"role":"assistant","content":"A fine name."},
              {"role":"user","content":[{"type":"text","text":"What is "},{"type":"text","text":"my cat called?"}]}]
            """);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.NotEqual("", (string)answer.Json["choices"]![0]!["message"]!["content"]!);
    }

    [Fact]
    public async Task Chat_Bound_EndsWithLength()
    {
        await using var target = await StartAsync();

        var answer = await ChatAsync(target, """ "stream":true,"max_completion_tokens":2,"messages":[{"role":"user","content":"Tell me a long story."}]""");

        Assert.Equal("length", answer.FinishReason);
    }

    [Fact]
    public async Task Chat_Tools_AreCalledAndTheirResultsTaken()
    {
        await using var target = await StartAsync();
        Assert.SkipUnless(target.HasTools, $"{target.Model} calls no tools.");
        if (target.Fake is { } fake)
        {
            fake.Answer = static body => body["messages"]!.AsArray().Count > 1
                ? new(["It is ", "4 °C."])
                : new([]) { ToolCalls = [new("call_1", "get_weather", ["{\"ci", "ty\":\"Oslo\"}"])], FinishReason = "tool_calls" };
        }

        const string Question = """{"role":"user","content":"What is the weather in Oslo? Use the tool."}""";
        var asked = await ChatAsync(target, $$""" "stream":true,"max_completion_tokens":200,"tools":[{{Tool}}],"tool_choice":"required","messages":[{{Question}}]""");
        var call = Assert.Single(asked.ToolCalls);
        var answer = await ChatAsync(target, $$$"""
            "max_completion_tokens":200,"tools":[{{{Tool}}}],"messages":[{{{Question}}},
              {"role":"assistant","content":null,"tool_calls":[{"id":"{{{call.Id}}}","type":"function","function":{"name":"{{{call.Name}}}","arguments":{{{JsonValue.Create(call.Arguments).ToJsonString()}}}}}]},
              {"role":"tool","tool_call_id":"{{{call.Id}}}","content":"4 °C"}]
            """);

        Assert.Equal("get_weather", call.Name);
        Assert.Contains("Oslo", (string)JsonNode.Parse(call.Arguments)!["city"]!, StringComparison.Ordinal);
        Assert.Contains("4", (string)answer.Json["choices"]![0]!["message"]!["content"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithoutMessages_IsTheCallersFault()
    {
        await using var target = await StartAsync();

        var answer = await ChatAsync(target, """ "stream":true""");

        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (answer.Status, answer.MediaType));
        Assert.NotEqual("", (string)answer.Json["error"]!["message"]!);
    }

    [Fact]
    public async Task Chat_KeyThatIsRefused_IsNotToldToTheCaller()
    {
        await using var target = await StartAsync();
        Assert.SkipWhen(target.Key is null, "It has no key.");
        await using var gateway = await target.GatewayAsync("sk-a-wrong-key-0123456789");

        var answer = await SendAsync(gateway, "/v1/chat/completions", """{"model":"any","messages":[{"role":"user","content":"Hi"}]}""");

        Assert.InRange((int)answer.Status, 500, 599);
        Assert.DoesNotContain("a-wrong-key", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Completion_IsAnsweredOrRefused()
    {
        await using var target = await StartAsync();
        await using var gateway = await target.GatewayAsync();

        var answer = await SendAsync(gateway, "/v1/completions", """{"model":"any","prompt":"Once upon","max_tokens":5}""");

        if (target.Completes)
        {
            Assert.NotEqual("", (string)answer.Json["choices"]![0]!["text"]!);
            AssertCounted(answer.Json["usage"]!);
        }
        else
        {
            Assert.Equal((HttpStatusCode.BadRequest, "not_supported"), (answer.Status, answer.ErrorCode));
        }
    }

    [Fact]
    public async Task Embedding_IsAnsweredOrRefused()
    {
        await using var target = await StartAsync();
        await using var gateway = await target.GatewayAsync();

        var answer = await SendAsync(gateway, "/v1/embeddings", """{"model":"any","input":["one","two"]}""");

        if (target.Embeds)
        {
            Assert.Equal(2, answer.Json["data"]!.AsArray().Count);
            Assert.NotEmpty(answer.Json["data"]![1]!["embedding"]!.AsArray());
        }
        else
        {
            Assert.NotEqual("", (string)answer.Json["error"]!["message"]!);
        }
    }

    /// <summary>What it is tested on; skips where there is none.</summary>
    private protected abstract Task<ContractTarget> StartAsync();

    /// <summary>Sends a chat whose model's name only the gateway knows.</summary>
    private protected static async Task<ContractAnswer> ChatAsync(ContractTarget target, string members)
    {
        await using var gateway = await target.GatewayAsync();
        var answer = await SendAsync(gateway, "/v1/chat/completions", "{\"model\":\"as-people-pick-it\"," + members + "}");
        Assert.True(target.Key is null || !answer.Body.Contains(target.Key, StringComparison.Ordinal));
        return answer;
    }

    private protected static async Task<ContractAnswer> SendAsync(GatewayHost gateway, string path, string body)
    {
        using var response = await gateway.Client.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"), Cancellation);
        return new ContractAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, await response.Content.ReadAsStringAsync(Cancellation));
    }

    private static void AssertCounted(JsonNode usage)
    {
        Assert.True((int)usage["prompt_tokens"]! > 0);
        Assert.True((int)usage["completion_tokens"]! > 0);
        Assert.Equal((int)usage["prompt_tokens"]! + (int)usage["completion_tokens"]!, (int)usage["total_tokens"]!);
    }
}
