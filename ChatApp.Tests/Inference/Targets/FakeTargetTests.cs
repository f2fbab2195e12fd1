using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatApp.Inference.Engines;
using Xunit;

namespace ChatApp.Tests.Inference.Targets;

/// <summary>The fake targets themselves: they refuse what the real ones refuse, and fail as they are told.</summary>
public sealed class FakeTargetTests
{
    public static TheoryData<EngineKind> Kinds => [EngineKind.OpenAI, EngineKind.LlamaCpp, EngineKind.Ollama, EngineKind.AzureOpenAI, EngineKind.Anthropic];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_WellAsked_StreamsAndAnswersWhole(EngineKind kind)
    {
        await using var target = await FakeTarget.StartAsync(kind);
        using var client = Client(target);

        using var streamed = await AskAsync(client, target, stream: true);
        var events = await streamed.Content.ReadAsStringAsync(Cancellation);
        using var whole = await AskAsync(client, target, stream: false);

        Assert.Equal("text/event-stream", streamed.Content.Headers.ContentType?.MediaType);
        Assert.Contains(kind == EngineKind.Anthropic ? "event: message_stop" : "data: [DONE]", events, StringComparison.Ordinal);
        Assert.Contains(TargetAnswer.Default.Text, await whole.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Equal((2, 0), (target.Calls.Count, target.Active));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_WithoutTheKey_Is401(EngineKind kind)
    {
        await using var target = await FakeTarget.StartAsync(kind);
        using var stranger = new HttpClient { BaseAddress = target.Address };

        using var response = await AskAsync(stranger, target, stream: false);

        // Ollama has no keys.
        Assert.Equal(kind == EngineKind.Ollama ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Call_NothingAsked_Is400InItsOwnShape(EngineKind kind)
    {
        await using var target = await FakeTarget.StartAsync(kind);
        using var client = Client(target);

        using var response = await client.PostAsJsonAsync(PathOf(target), new { model = target.Model }, Cancellation);
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!;

        Assert.Equal((HttpStatusCode.BadRequest, kind == EngineKind.Anthropic ? "error" : null), (response.StatusCode, (string?)error["type"]));
        Assert.NotNull((string?)error["error"]!["message"]);
    }

    [Theory]
    [InlineData(TargetFault.Refuse)]
    [InlineData(TargetFault.Reset)]
    public async Task Fault_Connection_BreaksTheCallAndTheNextIsWell(TargetFault fault)
    {
        await using var target = await FakeTarget.StartAsync(EngineKind.OpenAI);
        using var client = Client(target);
        target.Fault = new InjectedFault(fault, Times: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(client, target, stream: true));
        target.Fault = InjectedFault.None;
        using var next = await AskAsync(client, target, stream: true);

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
    }

    [Theory]
    [InlineData(TargetFault.HalfJson, false)]
    [InlineData(TargetFault.MalformedEvent, true)]
    [InlineData(TargetFault.EndEarly, false)]
    [InlineData(TargetFault.ServerError, false)]
    public async Task Fault_AfterTwoEvents_TwoAreWell(TargetFault fault, bool goesOn)
    {
        await using var target = await FakeTarget.StartAsync(EngineKind.OpenAI);
        using var client = Client(target);
        target.Fault = new InjectedFault(fault, AfterEvents: 2);

        using var response = await AskAsync(client, target, stream: true);
        var text = await response.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("\"content\":\"Hello\"", text, StringComparison.Ordinal);
        Assert.Equal(goesOn, text.Contains("[DONE]", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Fault_Loading_ProbesSayItToo()
    {
        await using var target = await FakeTarget.StartAsync(EngineKind.LlamaCpp);
        using var client = Client(target);
        target.Fault = new InjectedFault(TargetFault.Loading);

        using var health = await client.GetAsync("/health", Cancellation);
        using var call = await AskAsync(client, target, stream: true);

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.ServiceUnavailable), (health.StatusCode, call.StatusCode));
    }

    private static string PathOf(FakeTarget target) => target.Kind switch
    {
        EngineKind.Anthropic => "/v1/messages",
        EngineKind.AzureOpenAI => $"/openai/deployments/{target.Model}/chat/completions?api-version=2024-10-21",
        _ => "/v1/chat/completions",
    };

    private static HttpClient Client(FakeTarget target)
    {
        var client = new HttpClient { BaseAddress = target.Address };
        client.DefaultRequestHeaders.Add("x-api-key", target.Key);
        client.DefaultRequestHeaders.Add("api-key", target.Key);
        client.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        client.DefaultRequestHeaders.Authorization = new("Bearer", target.Key);
        return client;
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, FakeTarget target, bool stream)
    {
        var body = JsonSerializer.Serialize(new { model = target.Model, max_tokens = 10, stream, messages = new[] { new { role = "user", content = "Hi" } } });
        return client.SendAsync(
            new HttpRequestMessage(HttpMethod.Post, PathOf(target)) { Content = new StringContent(body, Encoding.UTF8, "application/json") },
            HttpCompletionOption.ResponseHeadersRead,
            Cancellation);
    }
}
