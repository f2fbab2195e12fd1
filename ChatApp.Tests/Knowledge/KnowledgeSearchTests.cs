using System.Text.Json.Nodes;
using ChatApp.Api.Knowledge;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static ChatApp.Tests.Knowledge.DocumentClient;

namespace ChatApp.Tests.Knowledge;

/// <summary>What is found in documents, and when nothing is looked for.</summary>
[Trait("Category", "Integration")]
public sealed class KnowledgeSearchTests(StackFixture stack) : IAsyncLifetime
{
    private static readonly Guid Mira = ApiUser.Mira;

    private ScriptedEngine _engine = null!;
    private ApiHost _host = null!;
    private ApiUser _ada = null!;
    private Guid _conversation;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        _host = await ApiHost.StartAsync(stack, _engine);
        _ada = await _host.SignUpAsync();
        _conversation = await _ada.StartConversationAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
        await _engine.DisposeAsync();
    }

    [Theory]
    [InlineData("How long is the warranty of the pump?", "36 months")]
    [InlineData("I was wondering, could you tell me which hose clamp I have to use?", "blue clamp")]
    [InlineData("what does an impeller cost", "18 euros")]
    [InlineData("How do I install it?", "level ground")]
    public async Task Search_Question_TheAnswerIsFirst(string question, string answer)
    {
        await _ada.AddDocumentAsync(OfConversation(_conversation), "pump guide.md", Samples.Utf8(Samples.Guide));
        await _ada.AddDocumentAsync(OfConversation(_conversation), "stories.txt", Samples.Utf8(Stories()));

        var found = await SearchAsync(_conversation, question);

        Assert.Equal("searched", found.Reason);
        Assert.NotEmpty(found.Snippets);
        Assert.Contains(answer, found.Snippets[0].Text, StringComparison.Ordinal);
        Assert.Equal("pump guide.md", found.Snippets[0].DocumentName);
        Assert.Equal(Enumerable.Range(1, found.Snippets.Count), found.Snippets.Select(static s => s.Number));
        Assert.All(found.Snippets, static s => Assert.InRange(s.Score, 0.01, 1));
        Assert.Contains(found.Snippets[0].Reasons, static r => r.StartsWith("words: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Hi there!", "small_talk")]
    [InlineData("Thank you so much, that was very helpful :)", "small_talk")]
    [InlineData("🙂", "small_talk")]
    [InlineData("My boss shouted at me today and I feel terrible about it", "searched")]
    [InlineData("Tell me a joke about penguins", "searched")]
    public async Task Search_NothingThatDocumentsAnswer_FetchesNothing(string text, string reason)
    {
        await _ada.AddDocumentAsync(OfConversation(_conversation), "pump guide.md", Samples.Utf8(Samples.Guide));
        await _ada.AddDocumentAsync(OfConversation(_conversation), "stories.txt", Samples.Utf8(Stories()));

        var found = await SearchAsync(_conversation, text);

        Assert.Equal((reason, 0), (found.Reason, found.Snippets.Count));
    }

    [Fact]
    public async Task Search_NoDocuments_Empty() => Assert.Equal("empty", (await SearchAsync(_conversation, "How long is the warranty?")).Reason);

    [Theory]
    [InlineData("Please summarise this document for me")]
    [InlineData("what does the attached file say?")]
    public async Task Search_SpeaksOfTheDocument_ItsBeginning(string text)
    {
        await _ada.AddDocumentAsync(OfConversation(_conversation), "x1.md", Samples.Utf8(Samples.Guide));

        var snippet = Assert.Single((await SearchAsync(_conversation, text)).Snippets);

        // Neighbours are one snippet.
        Assert.Contains("What you need to know about the PX-200", snippet.Text, StringComparison.Ordinal);
        Assert.Contains("Installation\nPlace the pump", snippet.Text, StringComparison.Ordinal);
        Assert.Equal(["asked about the document"], snippet.Reasons);
    }

    [Fact]
    public async Task Search_SmallBudgetAndCopies_StaysWithinAndTakesOneOfEach()
    {
        for (var i = 0; i < 3; i++)
        {
            await _ada.AddDocumentAsync(OfConversation(_conversation), $"copy{i}.txt", Samples.Utf8($"The warranty of the pump lasts 36 months and covers the motor, the housing and all gaskets, wherever it was bought. {i}"));
        }

        await _ada.AddDocumentAsync(OfConversation(_conversation), "long.txt", Samples.Utf8(string.Join("\n\n", Enumerable.Range(0, 40).Select(static i => $"Pump warranty case {i}: {string.Join(' ', Enumerable.Range(i * 100, 100).Select(static n => "word" + n))}"))));

        var found = await SearchAsync(_conversation, "pump warranty", budget: 500);

        Assert.Single(found.Snippets, static s => s.DocumentName.StartsWith("copy", StringComparison.Ordinal));
        Assert.InRange(found.Snippets.Sum(static s => s.Text.Length) / 3.5, 100, 500);
    }

    [Fact]
    public async Task Search_DocumentDeletedOrAdded_IsFollowed()
    {
        var document = await _ada.AddDocumentAsync(OfConversation(_conversation), "a.txt", "The secret word is xylophone."u8.ToArray());
        Assert.Single((await SearchAsync(_conversation, "xylophone?")).Snippets);
        await _ada.AddDocumentAsync(OfConversation(_conversation), "b.txt", "A marimba is no xylophone at all, it is larger."u8.ToArray());
        Assert.Equal(2, (await SearchAsync(_conversation, "xylophone?")).Snippets.Count);

        await _ada.DeleteAsync($"/api/documents/{document["id"]}");

        Assert.Equal("b.txt", Assert.Single((await SearchAsync(_conversation, "xylophone?")).Snippets).DocumentName);
    }

    [Fact]
    public async Task Search_Anything_NeverLeavesItsScope()
    {
        // Everybody has the same words in their documents, each with a mark of its own.
        var characters = new List<Guid> { Mira, (Guid)(await _host.SqlAsync($"SELECT id FROM characters WHERE id <> '{Mira}' LIMIT 1"))! };
        await _host.BecomeAsync(_ada, "creator");
        var marks = new Dictionary<KnowledgeScope, string[]>();
        foreach (var character in characters)
        {
            await AddMarkedAsync(_ada, OfCharacter(character), $"mark{character:N}");
        }

        for (var i = 0; i < 3; i++)
        {
            using var user = await _host.SignUpAsync();
            foreach (var character in characters)
            {
                var conversation = await user.StartConversationAsync(character);
                await AddMarkedAsync(user, OfConversation(conversation), $"mark{conversation:N}");
                marks[new KnowledgeScope(character, conversation)] = [$"mark{character:N}", $"mark{conversation:N}"];
            }
        }

        string[] words = ["harbour", "lantern", "captain", "document", "summarise", .. marks.Values.SelectMany(static m => m)];
        var random = new Random(4);
        for (var i = 0; i < 60; i++)
        {
            var (scope, own) = marks.ElementAt(random.Next(marks.Count));
            var found = await SearchAsync(scope, string.Join(' ', random.GetItems(words, 4)), 2000);
            Assert.All(found.Snippets, s => Assert.Contains(own, m => s.Text.Contains(m, StringComparison.Ordinal)));
        }

        // A conversation that is not with this character is no scope at all.
        var (first, last) = (marks.Keys.First(), marks.Keys.Last());
        Assert.NotEqual(first.CharacterId, last.CharacterId);
        Assert.Equal("empty", (await SearchAsync(new KnowledgeScope(first.CharacterId, last.ConversationId), "harbour lantern", 2000)).Reason);
        Assert.Equal(2, (await SearchAsync(first, "harbour lantern captain", 2000)).Snippets.Count);
    }

    [Fact]
    public async Task Search_Snippets_LeadToTheirChunks()
    {
        await _ada.AddDocumentAsync(OfConversation(_conversation), "pump.pdf", Samples.Pdf("The first page", "The warranty of the pump lasts 36 months."));

        var snippet = Assert.Single((await SearchAsync(_conversation, "How long does the pump's warranty last?")).Snippets);
        var chunk = await _ada.GetAsync($"/api/documents/{snippet.DocumentId}/chunks/{snippet.ChunkId}");

        Assert.Contains("36 months", (string)chunk["text"]!, StringComparison.Ordinal);
        Assert.Contains((string)chunk["text"]!, snippet.Text, StringComparison.Ordinal);
    }

    private static Task<JsonNode> AddMarkedAsync(ApiUser user, string place, string mark) =>
        user.AddDocumentAsync(place, mark + ".txt", Samples.Utf8($"The captain of {mark} left the harbour with a lantern. {mark} sank in winter {mark[4..10]}."));

    private static string Stories() => string.Join("\n\n", Enumerable.Range(0, 60).Select(static i =>
        $"Story {i}. A man called Henrik{i} walked to the town of Varde{i} to sell {i + 3} sheep, and met a woman who knew how to sing. {new string((char)('a' + (i % 26)), 5)} {string.Join(' ', Enumerable.Range(0, 60).Select(n => "tale" + ((i * 61) + n)))}"));

    private Task<KnowledgeFound> SearchAsync(Guid conversation, string text, int budget = 1200) => SearchAsync(new KnowledgeScope(Mira, conversation), text, budget);

    private Task<KnowledgeFound> SearchAsync(KnowledgeScope scope, string text, int budget) => _host.Services.GetRequiredService<IKnowledgeSearch>().SearchAsync(
        scope, new KnowledgeRequest { Text = text, TokenBudget = budget }, TestContext.Current.CancellationToken);
}
