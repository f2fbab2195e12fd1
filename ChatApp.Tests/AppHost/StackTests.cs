using System.Net;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>The system as the AppHost starts it.</summary>
[Trait("Category", "Integration")]
public sealed class StackTests(StackFixture stack)
{
    [Fact]
    public async Task Health_StackStarted_IsGoodEverywhere()
    {
        using var client = new HttpClient();
        foreach (var service in new[] { stack.Web, stack.Api, stack.Inference, stack.Engine })
        {
            using var response = await client.GetAsync(new Uri(service, "health"), TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{service}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Engine_WithoutItsKey_RefusesToAnswer()
    {
        using var client = new HttpClient { BaseAddress = stack.Engine };

        using var refused = await client.PostAsync("v1/chat/completions", content: null, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
    }
}
