using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Tone;

public sealed class ToneTests(StackFixture stack)
{
    private const string Sad = "I feel really sad, my dog died.";
    private const string Line = "The person sounds sad.";

    [Fact]
    public async Task Turn_SadMessage_IsHeardUntilItIsSwitchedOff()
    {
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(stack, engine);
        using var user = await host.SignUpAsync();
        Assert.True(await EnabledAsync(user));

        var (call, recall) = await AskAsync(engine, user);
        Assert.Contains(Line, call, StringComparison.Ordinal);
        Assert.Contains("\"tone\":\"sadness\"", recall, StringComparison.Ordinal);

        using var set = await user.Client.PutAsJsonAsync("/api/me/tone", new { enabled = false }, TestContext.Current.CancellationToken);
        set.EnsureSuccessStatusCode();
        Assert.False(await EnabledAsync(user));

        (call, recall) = await AskAsync(engine, user);
        Assert.DoesNotContain(Line, call, StringComparison.Ordinal);
        Assert.DoesNotContain("\"tone\"", recall, StringComparison.Ordinal);
    }

    private static async Task<bool> EnabledAsync(ApiUser user) =>
        (bool)(await user.GetAsync("/api/me/tone"))["enabled"]!;

    private static async Task<(string Call, string Recall)> AskAsync(ScriptedEngine engine, ApiUser user)
    {
        var conversation = await user.StartConversationAsync();
        var turn = await user.SayAsync(conversation, Sad);
        var call = await engine.AnswerNextAsync("I am sorry.");
        await user.EventsAsync(turn);
        return (string.Join('\n', call.Prompt), (await user.GetAsync($"/api/turns/{turn}/recall")).ToJsonString());
    }
}
