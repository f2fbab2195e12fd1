using System.Text.Json.Nodes;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>What a person once said, long out of the history, on the whole stack with a real engine: who knows it, and who must not.</summary>
[Trait("Category", "Integration")]
public sealed class FarMemoryTests(StackFixture stack)
{
    private const string Fact = "My dog is called Brimwick.";
    private const string Question = "What is my dog called?";
    private const string Name = "Brimwick";

    private static readonly Guid Aldous = new("01980000-0000-7000-8000-000000000002");

    [Fact]
    public async Task Fact_FarOutOfTheHistory_IsKnownToItsCharacterAndItsPersonAlone()
    {
        using var user = await SignUpAsync();
        using var stranger = await SignUpAsync();
        var first = await user.StartConversationAsync();
        await AskAsync(user, first, Fact);
        await PushOutAsync(user, first);

        // In the same conversation, where it is out of the history.
        var here = await AskAsync(user, first, Question);
        Assert.DoesNotContain(here.Prompt, static m => (string)m["part"]! == "history" && Text(m).Contains(Name, StringComparison.Ordinal));
        Assert.Contains(here.Recalled, static text => text == Fact);
        Assert.Contains(Name, here.Answer);

        // In another one with the same character.
        var there = await AskAsync(user, await user.StartConversationAsync(), Question);
        Assert.Contains(there.Recalled, static text => text == Fact);
        Assert.Contains(there.Prompt, static m => Text(m).Contains(Name, StringComparison.Ordinal));
        Assert.Contains(Name, there.Answer);

        // With another character, and as somebody else.
        var another = await AskAsync(user, await user.StartConversationAsync(Aldous), Question);
        var somebody = await AskAsync(stranger, await stranger.StartConversationAsync(), Question);
        Assert.All([another, somebody], static unaware =>
        {
            Assert.Empty(unaware.Recalled);
            Assert.DoesNotContain(unaware.Prompt, static m => Text(m).Contains(Name, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain(Name, unaware.Answer, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Fact_OnceForgotten_IsInNoPrompt()
    {
        using var user = await SignUpAsync();
        await AskAsync(user, await user.StartConversationAsync(), Fact);

        // The answer to it is not remembered either.
        var forgetting = await user.EventsAsync(await user.SayAsync(await user.StartConversationAsync(), "Forget about my dog."));
        Assert.Contains(forgetting, static e => e.Type == "recalled" && e.Data["forgotten"]!.AsArray().Any(static f => ((string)f!).Contains(Name, StringComparison.Ordinal)));

        var asked = await AskAsync(user, await user.StartConversationAsync(), Question);
        Assert.Empty(asked.Recalled);
        Assert.DoesNotContain(asked.Prompt, static m => Text(m).Contains(Name, StringComparison.OrdinalIgnoreCase));
    }

    private static string Text(JsonNode message) => (string)message["text"]!;

    // Until the prompt begins after the fact, however much the model is shown.
    private static async Task PushOutAsync(ApiUser user, Guid conversation)
    {
        for (var i = 0; i < 40; i++)
        {
            var turn = await AskAsync(user, conversation, $"Tell me a story about an owl called Luna, number {i}.");
            if (!turn.Prompt.Any(static m => Text(m).Contains(Fact, StringComparison.Ordinal)))
            {
                return;
            }
        }

        Assert.Fail("The fact is still in the prompt after 40 turns.");
    }

    private static async Task<Asked> AskAsync(ApiUser user, Guid conversation, string text)
    {
        var turn = await user.SayAsync(conversation, text);
        var events = await user.EventsAsync(turn);
        Assert.Equal("completed", events[^1].Type);
        await RememberedAsync(user, conversation);
        var recall = await user.GetAsync($"/api/turns/{turn}/recall");
        var prompt = await user.GetAsync($"/api/turns/{turn}/prompt");
        Assert.True((bool)prompt["isExact"]!);
        return new Asked(
            TurnEventSeen.Assemble(events),
            [.. recall["memories"]!.AsArray().Select(static m => (string)m!["text"]!)],
            [.. prompt["messages"]!.AsArray().Select(static m => m!)]);
    }

    // Memory is made right after the end that readers hear of.
    private static async Task RememberedAsync(ApiUser user, Guid conversation)
    {
        var character = (Guid)(await user.GetAsync($"/api/conversations/{conversation}"))["character"]!["id"]!;
        var said = (await user.MessagesAsync(conversation))[^1];
        for (var i = 0; i < 200; i++)
        {
            var newest = (await user.GetAsync($"/api/characters/{character}/memories?limit=4"))["items"]!.AsArray();
            if (newest.Any(m => (string?)m!["messageId"] == (string)said["id"]!))
            {
                return;
            }

            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        Assert.Fail("The answer did not become a memory within five seconds.");
    }

    private Task<ApiUser> SignUpAsync() => ApiUser.SignUpAsync(new HttpClient { BaseAddress = stack.Api });

    private sealed record Asked(string Answer, List<string> Recalled, List<JsonNode> Prompt);
}
