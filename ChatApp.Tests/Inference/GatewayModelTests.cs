using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using ChatApp.Inference.Calls;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace ChatApp.Tests.Inference;

public sealed class GatewayModelTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Models_ListsEachConfiguredModelOnce()
    {
        await using var gateway = await StartTwoModelsAsync(GatewayHost.DeadAddress(), GatewayHost.DeadAddress());

        var list = await gateway.Client.GetFromJsonAsync<JsonElement>("/v1/models", Cancellation);

        Assert.Equal("list", list.GetProperty("object").GetString());
        Assert.Equal(["small", "large"], list.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString()));
        Assert.All(list.GetProperty("data").EnumerateArray(), m => Assert.Equal("model", m.GetProperty("object").GetString()));
    }

    [Theory]
    [InlineData("small", "engine of small")]
    [InlineData("large", "engine of large")]
    public async Task Chat_EnginesWithDifferentModels_ReachesTheOneThatServesIt(string model, string answer)
    {
        await using var small = await LoopbackServer.StartAsync(async context =>
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event(await HasWholeBodyAsync(context) ? "engine of small" : "cut"), EngineAnswer.Done));
        await using var large = await LoopbackServer.StartAsync(async context =>
            await EngineAnswer.WriteEventsAsync(context, EngineAnswer.Event(await HasWholeBodyAsync(context) ? "engine of large" : "cut"), EngineAnswer.Done));
        await using var gateway = await StartTwoModelsAsync(small.Address, large.Address);

        for (var i = 0; i < 5; i++)
        {
            using var response = await gateway.ChatAsync(Cancellation, model);
            Assert.Equal(EngineAnswer.Event(answer) + EngineAnswer.Done, await response.Content.ReadAsStringAsync(Cancellation));
        }
    }

    [Fact]
    public async Task Chat_ModelThatNoEngineServes_Is404()
    {
        await using var gateway = await StartTwoModelsAsync(GatewayHost.DeadAddress(), GatewayHost.DeadAddress());

        using var response = await gateway.ChatAsync(Cancellation, "huge");

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        var error = (await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("error");
        Assert.Equal("model_not_found", error.GetProperty("code").GetString());
        Assert.Contains("'huge'", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_BodyAboveTheLimit_Is413WhereTheBodyIsReadForItsModel()
    {
        await using var gateway = await StartTwoModelsAsync(GatewayHost.DeadAddress(), GatewayHost.DeadAddress());

        using var response = await gateway.Client.PostAsync("/v1/chat/completions", new ByteArrayContent(new byte[(1024 * 1024) + 1]), Cancellation);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task Chat_OneEngineOfTwoDown_TheOtherAnswersEveryCall()
    {
        await using var engine = await LoopbackServer.StartAsync(context => EngineAnswer.WriteAsync(context, "here"));
        await using var gateway = await GatewayHost.StartAsync(
            GatewayHost.DeadAddress(),
            ("Engines:1:Name", "second"),
            ("Engines:1:Address", engine.Address.GetLeftPart(UriPartial.Authority)),
            ("Engines:1:Model", GatewayHost.Model));

        List<HttpStatusCode> seen = [];
        for (var i = 0; i < 40; i++)
        {
            using var response = await gateway.ChatAsync(Cancellation);
            seen.Add(response.StatusCode);
        }

        Assert.All(seen, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    [Theory]
    [InlineData("""{"model":"a"}""", "a")]
    [InlineData("""{"messages":[{"model":"no"}],"x":{"model":"no"},"model":"a"}""", "a")]
    [InlineData("""{"model":"\u0061b"}""", "ab")]
    [InlineData("""{"model":1}""", null)]
    [InlineData("""{"model":null}""", null)]
    [InlineData("""{"messages":[]}""", null)]
    [InlineData("""["model","a"]""", null)]
    [InlineData("""{"messages":[""", null)]
    [InlineData("", null)]
    public void CallBody_Read_FindsTheTopLevelText(string body, string? expected) =>
        Assert.Equal(expected, CallBody.Read(System.Text.Encoding.UTF8.GetBytes(body))?.Model);

    private static async Task<bool> HasWholeBodyAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        return body.StartsWith("{\"stream_options\":{\"include_usage\":true},\"cache_prompt\":true,\"messages\"", StringComparison.Ordinal) && body.EndsWith("\"stream\":true}", StringComparison.Ordinal);
    }

    private static Task<GatewayHost> StartTwoModelsAsync(Uri small, Uri large) => GatewayHost.StartAsync(
        small,
        ("Engines:0:Model", "small"),
        ("Engines:1:Name", "second"),
        ("Engines:1:Address", large.GetLeftPart(UriPartial.Authority)),
        ("Engines:1:Model", "large"));
}
