using System.Net;
using System.Text.Json.Nodes;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Commands;
using ChatApp.Tests.Api;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>Some people with some characters, who do things at random.</summary>
internal sealed class CrossingWorld : IDisposable
{
    /// <summary>What everybody says in the same words, without a mark.</summary>
    private const string Common = "The weather is fine today.";

    private static readonly string[] Words =
        ["dog", "cat", "boat", "garden", "sister", "piano", "coffee", "winter", "Lisbon", "mountain", "bicycle", "novel", "bread", "violin", "harbour", "owl"];

    private static readonly Guid[] Characters =
        [ApiUser.Mira, new("01980000-0000-7000-8000-000000000002"), new("01980000-0000-7000-8000-000000000003")];

    private readonly ApiHost _host;
    private readonly ScriptedEngine _engine;
    private readonly Random _random;
    private readonly List<CrossingScope> _scopes = [];

    private CrossingWorld(ApiHost host, ScriptedEngine engine, Random random) => (_host, _engine, _random) = (host, engine, random);

    public string LastStep { get; private set; } = "";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<CrossingWorld> CreateAsync(ApiHost host, ScriptedEngine engine, Random random)
    {
        var world = new CrossingWorld(host, engine, random);
        for (var person = 0; person < 4; person++)
        {
            var user = await host.SignUpAsync();
            var id = (Guid)(await host.SqlAsync($"SELECT id FROM users WHERE email = '{user.Email}'"))!;
            for (var character = 0; character < Characters.Length; character++)
            {
                var scope = new CrossingScope(user, id, Characters[character], $"mark{(char)('a' + person)}{(char)('k' + character)}");
                world._scopes.Add(scope);
                await world.TalkAsync(scope, Common);
            }
        }

        return world;
    }

    public void Dispose()
    {
        foreach (var user in _scopes.Select(static s => s.User).Distinct())
        {
            user.Dispose();
        }
    }

    public async Task StepAsync()
    {
        var scope = Pick(_scopes);
        var others = _scopes.Where(s => s != scope).ToArray();
        var foreign = await FingerprintAsync(others);
        (LastStep, var step) = _random.Next(11) switch
        {
            0 or 1 => ("talk", TalkAsync(scope, Sentence(scope))),
            2 => ("pin", TalkAsync(scope, $"Remember that {Sentence(scope)}")),
            3 => ("note", scope.User.SendAsync(HttpMethod.Post, scope.Memories, new { text = Sentence(scope) }).JsonAsync(HttpStatusCode.Created)),
            4 => ("forget", ForgetAsync(scope)),
            5 => ("regenerate", RegenerateAsync(scope)),
            6 => ("edit", EditAsync(scope)),
            7 => ("branch", BranchAsync(scope)),
            8 => ("delete a conversation", DeleteConversationAsync(scope)),
            9 => ("change", ChangeAsync(scope)),
            _ => ("meddle", MeddleAsync(scope, Pick(others))),
        };
        await step;
        await _host.UntilAsync("NOT EXISTS (SELECT FROM turns WHERE status IN ('queued', 'running') OR (remembered_at IS NULL AND finished_at IS NOT NULL AND kind <> 'message'))");
        Assert.Equal(foreign, await FingerprintAsync(others));
        await LookAsync(scope);
    }

    /// <summary>Looks at everything that everybody is shown, and at the tables.</summary>
    public async Task CheckAllAsync()
    {
        foreach (var scope in _scopes)
        {
            await LookAsync(scope);
        }

        const string crossed = """
            SELECT m.text FROM memories m LEFT JOIN messages s ON s.id = m.message_id LEFT JOIN conversations c ON c.id = coalesce(m.conversation_id, s.conversation_id)
            WHERE c.id IS NOT NULL AND (c.user_id <> m.user_id OR c.character_id <> m.character_id)
            """;
        Assert.Empty(await _host.TextsAsync(crossed));
        // The same words, said by everybody to everybody, are as many memories.
        Assert.True(await _host.CountAsync($"(SELECT DISTINCT user_id, character_id FROM memories WHERE text = '{Common}') AS said") > 1);
    }

    /// <summary>Everything that the person is shown of the scope is the scope's own.</summary>
    private async Task LookAsync(CrossingScope scope)
    {
        var query = string.Join(' ', Enumerable.Range(0, _random.Next(1, 4)).Select(_ => _random.Next(4) == 0 ? Pick(_scopes).Mark : Pick(Words)));
        Check(scope, (await scope.User.GetAsync($"{scope.Memories}?limit=100&q={Uri.EscapeDataString(query)}"))["items"]!);
        Check(scope, (await scope.User.GetAsync($"{scope.Memories}?limit=100&q=weather"))["items"]!);
        Check(scope, (await scope.User.GetAsync($"{scope.Memories}?limit=100"))["items"]!);
        var exported = (await scope.User.GetAsync($"{scope.Memories}/export"))["memories"]!;
        Check(scope, exported);
        Assert.Equal((int)(await scope.User.GetAsync(scope.Memory))["total"]!, exported.AsArray().Count);
    }

    private static void Check(CrossingScope scope, JsonNode memories)
    {
        foreach (var memory in memories.AsArray())
        {
            var text = (string)memory!["text"]!;
            Assert.True(text == Common || text.Contains(scope.Mark, StringComparison.Ordinal), $"{scope.Mark} is shown: {text}");
            Assert.True(memory["conversationId"] is not { } conversation || scope.Conversations.Contains((Guid)conversation), $"{scope.Mark} is shown another conversation: {text}");
        }
    }

    /// <summary>Somebody uses the ids of another scope's memories in their own, and their own ids with the other's character.</summary>
    private async Task MeddleAsync(CrossingScope scope, CrossingScope other)
    {
        var before = await FingerprintAsync(_scopes);
        foreach (var id in await IdsAsync(other))
        {
            await scope.User.SendAsync(HttpMethod.Patch, $"{scope.Memories}/{id}", new { text = "Mine now", pinned = true }).JsonAsync(HttpStatusCode.NotFound);
            await scope.User.SendAsync(HttpMethod.Delete, $"{scope.Memories}/{id}", null).JsonAsync(HttpStatusCode.NotFound);
            if (scope.User != other.User)
            {
                await scope.User.SendAsync(HttpMethod.Patch, $"{other.Memories}/{id}", new { text = "Mine now" }).JsonAsync(HttpStatusCode.NotFound);
                await scope.User.SendAsync(HttpMethod.Delete, $"{other.Memories}/{id}", null).JsonAsync(HttpStatusCode.NotFound);
            }
        }

        Assert.Equal(before, await FingerprintAsync(_scopes));
        Assert.Equal(0L, await _host.CountAsync("memories WHERE text = 'Mine now'"));
    }

    private async Task TalkAsync(CrossingScope scope, string text)
    {
        if (scope.Conversations.Count == 0 || _random.Next(4) == 0)
        {
            scope.Conversations.Add(await scope.User.StartConversationAsync(scope.Character));
        }

        var conversation = Pick(scope.Conversations);
        await scope.User.PostTurnAsync(conversation, text).JsonAsync(HttpStatusCode.Accepted);
        await AnswerAsync(scope);
        await _host.UntilAsync($"NOT EXISTS (SELECT FROM turns WHERE conversation_id = '{conversation}' AND remembered_at IS NULL)");
    }

    /// <summary>The next answer; what the model was shown for it is the scope's own, too.</summary>
    private async Task AnswerAsync(CrossingScope scope)
    {
        var call = await _engine.AnswerNextAsync(Sentence(scope));
        foreach (var other in _scopes.Where(s => s != scope))
        {
            Assert.DoesNotContain(call.Prompt, line => line.Contains(other.Mark, StringComparison.Ordinal));
        }

        await _host.UntilAsync("NOT EXISTS (SELECT FROM turns WHERE status IN ('queued', 'running'))");
    }

    private async Task ForgetAsync(CrossingScope scope)
    {
        var text = $"Forget my {Pick(Words)}";
        if (scope.Conversations.Count == 0)
        {
            return;
        }

        var turn = await scope.User.PostTurnAsync(Pick(scope.Conversations), text).JsonAsync(HttpStatusCode.Accepted);
        var commands = _host.Services.GetRequiredService<IMemoryCommands>();
        var result = await commands.RunAsync(new MemoryScope(scope.UserId, scope.Character), (Guid)turn["id"]!, (Guid)turn["userMessageId"]!, text, Cancelled);
        await AnswerAsync(scope);
        Assert.All(result.Forgotten, forgotten => Assert.True(forgotten == Common || forgotten.Contains(scope.Mark, StringComparison.Ordinal), forgotten));
    }

    private async Task RegenerateAsync(CrossingScope scope)
    {
        if (await LeafAsync(scope) is var (conversation, answer, _))
        {
            await scope.User.RegenerateAsync(conversation, answer).JsonAsync(HttpStatusCode.Accepted);
            await AnswerAsync(scope);
        }
    }

    private async Task EditAsync(CrossingScope scope)
    {
        if (await LeafAsync(scope) is var (conversation, _, question))
        {
            await scope.User.EditAsync(conversation, question, Sentence(scope)).JsonAsync(HttpStatusCode.Accepted);
            await AnswerAsync(scope);
        }
    }

    private async Task BranchAsync(CrossingScope scope)
    {
        if (await LeafAsync(scope) is var (conversation, answer, _))
        {
            scope.Conversations.Add((Guid)(await scope.User.BranchAsync(conversation, answer).JsonAsync(HttpStatusCode.Created))["id"]!);
            await _host.SqlAsync("UPDATE turns SET finished_at = now() - interval '1 minute' WHERE remembered_at IS NULL AND finished_at IS NOT NULL");
            await _host.UntilAsync("NOT EXISTS (SELECT FROM turns WHERE remembered_at IS NULL)");
        }
    }

    private async Task DeleteConversationAsync(CrossingScope scope)
    {
        if (scope.Conversations.Count > 0)
        {
            var conversation = Pick(scope.Conversations);
            scope.Conversations.Remove(conversation);
            using var response = await scope.User.SendAsync(HttpMethod.Delete, $"/api/conversations/{conversation}", null);
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        }
    }

    private async Task ChangeAsync(CrossingScope scope)
    {
        foreach (var id in (await IdsAsync(scope)).Take(2))
        {
            await scope.User.SendAsync(HttpMethod.Patch, $"{scope.Memories}/{id}", new { text = Sentence(scope), pinned = _random.Next(2) == 0 }).JsonAsync(HttpStatusCode.OK);
        }
    }

    private async Task<(Guid Conversation, Guid Answer, Guid Question)?> LeafAsync(CrossingScope scope)
    {
        if (scope.Conversations.Count == 0)
        {
            return null;
        }

        var conversation = Pick(scope.Conversations);
        var messages = await scope.User.MessagesAsync(conversation);
        return messages.Count < 2 ? null : (conversation, (Guid)messages[^1]["id"]!, (Guid)messages[^2]["id"]!);
    }

    private async Task<Guid[]> IdsAsync(CrossingScope scope) => (Guid[])(await _host.SqlAsync($"""
        SELECT coalesce(array_agg(id), array[]::uuid[]) FROM (
            SELECT id FROM memories WHERE user_id = '{scope.UserId}' AND character_id = '{scope.Character}' ORDER BY id LIMIT 5) AS few
        """))!;

    /// <summary>All that is remembered in these scopes.</summary>
    private async Task<string> FingerprintAsync(IEnumerable<CrossingScope> scopes)
    {
        var keys = string.Join(", ", scopes.Select(static s => $"('{s.UserId}'::uuid, '{s.Character}'::uuid)"));
        return string.Join('\n', await _host.TextsAsync($"""
            SELECT concat_ws(' ', user_id, character_id, count(*), md5(string_agg(concat_ws('|', id, kind, text, pinned, version), ',' ORDER BY id)))
            FROM memories WHERE (user_id, character_id) IN ({keys}) GROUP BY user_id, character_id ORDER BY user_id, character_id
            """));
    }

    private string Sentence(CrossingScope scope) => $"my {Pick(Words)} and my {Pick(Words)} are {scope.Mark} {Pick(Words)}";

    private T Pick<T>(IReadOnlyList<T> items) => items[_random.Next(items.Count)];
}
