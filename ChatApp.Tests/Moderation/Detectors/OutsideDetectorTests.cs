using System.Text.Json;
using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Detectors;
using ChatApp.Api.Moderation.Detectors.Outside;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Xunit;

namespace ChatApp.Tests.Moderation.Detectors;

/// <summary>Against the shape that OpenAI publishes for POST /v1/moderations, played on this machine.</summary>
public sealed class OutsideDetectorTests : IAsyncLifetime
{
    private const string Published = """
        {
          "id": "modr-1", "model": "omni-moderation-latest",
          "results": [{
            "flagged": true,
            "categories": {"sexual": false, "violence": true, "self-harm": false, "harassment": true},
            "category_scores": {"sexual": 0.01, "sexual/minors": 0.3, "violence": 0.91, "self-harm/intent": 0.6, "illicit": 0.25, "harassment": 0.99, "unknown": 1.0},
            "category_applied_input_types": {"violence": ["text"]}
          }]
        }
        """;

    private WebApplication _server = null!;
    private Func<HttpContext, Task> _answer = static _ => Task.CompletedTask;
    private int _asked;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _server = builder.Build();
        _server.MapFallback(context =>
        {
            Interlocked.Increment(ref _asked);
            return _answer(context);
        });
        await _server.StartAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Detect_PublishedShape_MapsScoresToLevels()
    {
        var asked = "";
        var key = "";
        _answer = async context =>
        {
            key = context.Request.Headers.Authorization.ToString();
            asked = await new StreamReader(context.Request.Body).ReadToEndAsync();
            await JsonAsync(context, Published);
        };

        var found = await DetectAsync(new ModeratedText("some text", ModerationSource.Message, Guid.NewGuid()), ("Key", "a-key"), ("Model", "omni-moderation-latest"));

        Assert.Equal(
            [(ModerationCategory.Illegal, ModerationLevel.Low), (ModerationCategory.SelfHarm, ModerationLevel.Medium), (ModerationCategory.Violence, ModerationLevel.High)],
            found.Select(static d => (d.Category, d.Level)).OrderBy(static d => d.Level));
        Assert.All(found, static d => Assert.Equal((0, 9), (d.Start, d.Length)));
        Assert.Equal("Bearer a-key", key);
        Assert.Equal(("some text", "omni-moderation-latest"), (JsonDocument.Parse(asked).RootElement.GetProperty("input").GetString(), JsonDocument.Parse(asked).RootElement.GetProperty("model").GetString()));
    }

    [Theory]
    [InlineData(200, "{\"results\": []}")]
    [InlineData(200, "{\"results\": [{\"flagged\": false}]}")]
    [InlineData(200, "nothing")]
    [InlineData(200, "{\"results\": [{\"flagged\": true, \"category_scores\": {\"violence\": \"high\"}}]}")]
    [InlineData(302, "")]
    [InlineData(401, "{\"error\": {}}")]
    [InlineData(429, "{}")]
    public async Task Detect_BadAnswer_IsUnavailable(int status, string body)
    {
        _answer = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "http://127.0.0.1:9/";
            return JsonAsync(context, body);
        };

        await Assert.ThrowsAsync<ModerationUnavailableException>(() => DetectAsync(new ModeratedText("x", ModerationSource.Message, Guid.NewGuid())));
    }

    [Fact]
    public async Task Detect_NoAnswerInTime_IsUnavailable()
    {
        _answer = static context => Task.Delay(Timeout.Infinite, context.RequestAborted);

        await Assert.ThrowsAsync<ModerationUnavailableException>(
            () => DetectAsync(new ModeratedText("x", ModerationSource.Message, Guid.NewGuid()), ("Timeout", "00:00:00.3")));
    }

    [Theory]
    [InlineData(ModerationSource.Answer, true)]
    [InlineData(ModerationSource.Memory, false)]
    public async Task Detect_WhatStaysInside_IsNotSentOutside(ModerationSource source, bool staysInside)
    {
        var found = await DetectAsync(
            new ModeratedText("x", source, Guid.NewGuid()) { StaysInside = staysInside }, ("Address", "https://moderation.example.com/v1/moderations"));

        Assert.Empty(found);
        Assert.Equal(0, _asked);
    }

    [Theory]
    [InlineData("Address", "http://moderation.example.com/v1/moderations")]
    [InlineData("Address", "ftp://127.0.0.1/")]
    [InlineData("Low", "0.9")]
    [InlineData("High", "1.5")]
    [InlineData("Timeout", "00:05:00")]
    public async Task Options_ThatCannotBe_AreRefused(string name, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => DetectAsync(new ModeratedText("x", ModerationSource.Message, Guid.NewGuid()), (name, value)));

    private static async Task JsonAsync(HttpContext context, string body)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private async Task<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, params (string Name, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new($"{OutsideOptions.Section}:Address", _server.Urls.Single() + "/v1/moderations")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(static s => new KeyValuePair<string, string?>($"{OutsideOptions.Section}:{s.Name}", s.Value)));
        builder.AddOutsideDetector();
        using var host = builder.Build();
        return await host.Services.GetRequiredService<IContentDetector>().DetectAsync(text, TestContext.Current.CancellationToken);
    }
}
