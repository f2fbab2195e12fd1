using System.Net;
using ChatApp.Inference.Engines;
using ChatApp.Tests.Inference.Targets;
using Xunit;

namespace ChatApp.Tests.Inference.Dialects;

/// <summary>The contract where what the target says is known to the letter.</summary>
public abstract class FakeTargetContract(EngineKind kind) : DialectContract
{
    [Fact]
    public async Task Chat_Streamed_SaysWhatTheTargetSaid()
    {
        await using var target = await StartAsync();
        target.Fake!.Answer = static _ => new(["A \"quote\"", ",\n", "é 🙂", " <&>"]) { Thinking = ["First", " I think."] };

        var answer = await ChatAsync(target, """ "stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"Hi é"}]""");

        Assert.Equal(("A \"quote\",\né 🙂 <&>", "First I think.", "stop"), (answer.Said("content"), answer.Said("reasoning_content"), answer.FinishReason));
        Assert.Equal((21, 6), ((int)answer.Chunks[^1]["usage"]!["prompt_tokens"]!, (int)answer.Chunks[^1]["usage"]!["completion_tokens"]!));
        Assert.Equal(kind == EngineKind.Ollama ? null : 8, (int?)answer.Chunks[^1]["usage"]!["prompt_tokens_details"]?["cached_tokens"]);
    }

    [Fact]
    public async Task Chat_Whole_SaysWhatTheTargetSaid()
    {
        await using var target = await StartAsync();
        target.Fake!.Answer = static _ => new(["One", " two"]) { Thinking = ["Hm."], FinishReason = "content_filter" };

        var choice = (await ChatAsync(target, """ "messages":[{"role":"user","content":"Hi"}]""")).Json["choices"]![0]!;

        Assert.Equal(("One two", "Hm.", "content_filter"), ((string)choice["message"]!["content"]!, (string)choice["message"]!["reasoning_content"]!, (string)choice["finish_reason"]!));
    }

    [Fact]
    public async Task Chat_SeveralTools_AreToldApart()
    {
        await using var target = await StartAsync();
        target.Fake!.Answer = static _ => new(["Let me look."])
        {
            ToolCalls = [new("call_1", "weather", ["{\"city\": ", "\"Oslo\"}"]), new("call_2", "now", ["{}"])],
            FinishReason = "tool_calls",
        };
        const string Asked = """
            "tools":[{"type":"function","function":{"name":"weather"}},{"type":"function","function":{"name":"now"}}],"messages":[{"role":"user","content":"Hi"}]
            """;

        var streamed = await ChatAsync(target, "\"stream\":true," + Asked);
        var whole = (await ChatAsync(target, Asked)).Json["choices"]![0]!["message"]!["tool_calls"]!.AsArray();

        Assert.Equal([("call_1", "weather", "{\"city\": \"Oslo\"}"), ("call_2", "now", "{}")], streamed.ToolCalls);
        Assert.Equal(("Let me look.", "tool_calls"), (streamed.Said("content"), streamed.FinishReason));
        Assert.Equal(["call_1", "call_2"], whole.Select(static call => (string)call!["id"]!));
        Assert.Equal("Oslo", (string)System.Text.Json.Nodes.JsonNode.Parse((string)whole[0]!["function"]!["arguments"]!)!["city"]!);
    }

    [Fact]
    public async Task Chat_PromptTooLong_IsToldInOneShape()
    {
        await using var target = await StartAsync();
        target.Fake!.Fault = new InjectedFault(TargetFault.ContextTooLong);

        var answer = await ChatAsync(target, """ "messages":[{"role":"user","content":"Hi"}]""");

        Assert.Equal((HttpStatusCode.BadRequest, "context_length_exceeded"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Chat_ErrorInMidStream_IsTheLastEvent()
    {
        await using var target = await StartAsync();
        await using var gateway = await target.GatewayAsync();
        var begun = new TaskCompletionSource();
        target.Fake!.Fault = new InjectedFault(TargetFault.ServerError, AfterEvents: 5);
        // Not before the caller has something: until then another target would be tried.
        target.Fake.BeforeEvent = (index, cancellationToken) => index == 5 ? begun.Task.WaitAsync(cancellationToken) : Task.CompletedTask;

        using var response = await gateway.ChatAsync(Cancellation);
        begun.SetResult();
        var body = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.StartsWith("data: {\"error\":{", body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1], StringComparison.Ordinal);
    }

    private protected override Task<ContractTarget> StartAsync() => ContractTarget.FakeAsync(kind);
}
