using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Models;

/// <summary>The gateway's count on a real llama-server.</summary>
[Trait("Category", "Integration")]
public sealed class TokenCounterOnEngineTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Tokenize_OfATextWithinAChat_IsWhatTheEngineAddsToItsPrompt()
    {
        using var gateway = new HttpClient { BaseAddress = stack.Inference };
        gateway.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", stack.InferenceKey);
        const string Text = "My dog is called Brimwick, and he is 7 years old.";

        using var response = await gateway.PostAsJsonAsync("/v1/tokenize", new { model = "tiny-chat", prompts = new[] { Text, $"{Text} {Text}" } }, Cancelled);
        var counted = (await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!;
        var difference = await PromptTokensAsync(gateway, $"{Text} {Text}") - await PromptTokensAsync(gateway, Text);

        var counts = counted["counts"]!.AsArray().Select(static c => (int)c!).ToList();
        Assert.Equal(difference, counts[1] - counts[0]);
        Assert.InRange((int)counted["max_model_len"]!, 512, 131_072);
    }

    private static async Task<int> PromptTokensAsync(HttpClient gateway, string text)
    {
        using var response = await gateway.PostAsJsonAsync(
            "/v1/chat/completions", new { model = "tiny-chat", messages = new[] { new { role = "user", content = text } }, max_tokens = 1 }, Cancelled);
        return (int)(await response.Content.ReadFromJsonAsync<JsonNode>(Cancelled))!["usage"]!["prompt_tokens"]!;
    }
}
