using System.Net.Http.Headers;
using System.Text;
using ChatApp.Inference.Routing.Auto;
using Xunit;

namespace ChatApp.Tests.Inference.Routing;

public sealed class AutoRoutingTests : IAsyncLifetime
{
    private const string Easy = "What is the capital of Peru?";
    private const string Hard = "Prove by induction that the sum of the first n odd numbers is n^2, and explain why each step holds.";

    private LoopbackServer _small = null!;
    private LoopbackServer _large = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _small = await LoopbackServer.StartAsync(ChatAnswers.Saying("small"));
        _large = await LoopbackServer.StartAsync(ChatAnswers.Saying("large"));
        _gateway = await GatewayHost.StartAsync(
            _small.Address,
            ("Engines:0:Kind", "OpenAI"),
            ("Engines:0:Model", ""),
            ("Engines:1:Name", "second"),
            ("Engines:1:Kind", "OpenAI"),
            ("Engines:1:Address", _large.Address.GetLeftPart(UriPartial.Authority)),
            ("Gateway:Models:0:Name", "small"),
            ("Gateway:Models:0:Targets:0:Engine", "first"),
            ("Gateway:Models:0:Targets:0:ContextTokens", "2000"),
            ("Gateway:Models:0:Targets:0:Capabilities", "Chat"),
            ("Gateway:Models:1:Name", "large"),
            ("Gateway:Models:1:Targets:0:Engine", "second"),
            ("Gateway:Models:1:Targets:0:ContextTokens", "100000"),
            ("Gateway:Models:2:Name", "auto"),
            ("Gateway:Models:2:Auto:Small", "small"),
            ("Gateway:Models:2:Auto:Large", "large"));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _small.DisposeAsync();
        await _large.DisposeAsync();
    }

    [Theory]
    [InlineData(Easy, "small")]
    [InlineData(Hard, "large")]
    public async Task Auto_Question_GoesWhereItBelongs(string question, string expected) =>
        Assert.Equal(expected, await ChatAnswers.AskAsync(_gateway, "auto", question));

    [Fact]
    public async Task Auto_ConversationThatBecameHard_StaysLargeForAWhile()
    {
        List<string> said = [Easy];
        Assert.Equal("small", await ChatAnswers.AskAsync(_gateway, "auto", [.. said]));
        said.AddRange(["It is Lima.", Hard]);
        Assert.Equal("large", await ChatAnswers.AskAsync(_gateway, "auto", [.. said]));
        for (var i = 0; i < ComplexityReading.Remembered - 1; i++)
        {
            said.AddRange(["So it is.", "Thanks!"]);
            Assert.Equal("large", await ChatAnswers.AskAsync(_gateway, "auto", [.. said]));
        }

        said.AddRange(["So it is.", "Thanks!"]);
        Assert.Equal("small", await ChatAnswers.AskAsync(_gateway, "auto", [.. said]));
    }

    [Fact]
    public async Task Auto_NamedConversationThatWasShortened_StaysLarge()
    {
        _gateway.Client.DefaultRequestHeaders.Add("ChatApp-Caller", "somebody");
        _gateway.Client.DefaultRequestHeaders.Add("ChatApp-Conversation", "one");
        Assert.Equal("large", await ChatAnswers.AskAsync(_gateway, "auto", Hard));
        Assert.Equal("large", await ChatAnswers.AskAsync(_gateway, "auto", Easy));

        _gateway.Client.DefaultRequestHeaders.Remove("ChatApp-Caller");
        _gateway.Client.DefaultRequestHeaders.Add("ChatApp-Caller", "somebody else");
        Assert.Equal("small", await ChatAnswers.AskAsync(_gateway, "auto", Easy));
    }

    [Fact]
    public async Task Auto_WhatTheSmallOneCannot_GoesToTheLarge()
    {
        Assert.Equal("large", await ChatAnswers.AskAsync(_gateway, "auto", Easy, new string('a', 10_000), "Thanks!"));

        using var response = await _gateway.Client.PostAsync(
            "/v1/chat/completions",
            new StringContent("""{"model":"auto","stream":true,"messages":[{"role":"user","content":"Hi"}],"tools":[{"type":"function","function":{"name":"f"}}]}""", MediaTypeHeaderValue.Parse("application/json")),
            TestContext.Current.CancellationToken);
        Assert.Contains("large", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_List_ShowsTheVirtualOneWithTheLargestContext() =>
        Assert.Contains("""{"id":"auto","context_length":100000""", await _gateway.Client.GetStringAsync("/v1/models", TestContext.Current.CancellationToken), StringComparison.Ordinal);

    [Theory]
    [InlineData("""[{"role":"user","content":"What is \u0031 plus 1?"}]""", false)]
    [InlineData("""[{"content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}}],"role":"user"}]""", true)]
    [InlineData("""[{"role":"system","content":"Prove and explain why, step by step, without doubt."},{"role":"user","content":"Hi"}]""", false)]
    [InlineData("[]", false)]
    [InlineData("[1,2]", false)]
    [InlineData("""[{"role":"user"}]""", false)]
    [InlineData("""[{"role":"user","content":null}]""", false)]
    [InlineData("""[{"role":"user","content":"half""", false)]
    [InlineData("\"a prompt\"", false)]
    [InlineData("", false)]
    public void Measure_AnyJson_IsEasyAndNeverFails(string messages, bool hasImages)
    {
        var complexity = ComplexityReading.Measure(Encoding.UTF8.GetBytes(messages), hasTools: false);

        Assert.InRange(complexity.Newest, 0, 0.4);
        Assert.Equal(hasImages, complexity.HasImages);
    }

    [Fact]
    public void Measure_Twice_IsTheSameAndAllocatesNothing()
    {
        var messages = Encoding.UTF8.GetBytes($$"""[{"role":"user","content":"{{string.Concat(Enumerable.Repeat(Hard + " ", 200))}}"}]""");
        var first = ComplexityReading.Measure(messages, hasTools: true);

        var least = long.MaxValue;
        for (var i = 0; i < 20; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var second = ComplexityReading.Measure(messages, hasTools: true);
            // The runtime allocates too, while it compiles.
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            Assert.Equal(first, second);
        }

        Assert.Equal(0, least);
    }
}
