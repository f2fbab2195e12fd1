using ChatApp.Api.Models;
using ChatApp.Api.Prompting;
using Microsoft.Extensions.AI;
using Xunit;
using static ChatApp.Tests.Prompting.PromptWorkshop;

namespace ChatApp.Tests.Prompting;

/// <summary>What fits into a prompt, and where its parts stand.</summary>
public sealed class PromptPlanTests
{
    [Fact]
    public async Task Assemble_WhateverIsRecalled_EverythingBeforeTheNewestTextStaysTheSame()
    {
        var workshop = new PromptWorkshop { Profile = new ModelProfileOptions { ContextTokens = 1000, CharactersPerToken = 1 } };
        var path = Conversation(41, 20);

        var bare = await workshop.AssembleAsync(path);
        var full = await workshop.AssembleAsync(path, Recalled([Remembered("My dog is called Brimwick.")], Snippet(1, "1934")));

        Assert.Equal(bare.Messages.SkipLast(1), full.Messages.SkipLast(1));
        Assert.EndsWith("\n\n" + bare.Messages[^1].Text, full.Messages[^1].Text, StringComparison.Ordinal);
        Assert.Equal(PromptPart.Question, full.Messages[^1].Part);
    }

    [Fact]
    public async Task Assemble_QuestionAfterAFailedAnswer_HasTheBlocksBeforeTheNewestTextOnly()
    {
        var prompt = await new PromptWorkshop().AssembleAsync([Said("One"), Answered(""), Said("Two")], Recalled([Remembered("M")]));

        var question = prompt.Messages[^1];
        Assert.StartsWith("One\n\n", question.Text, StringComparison.Ordinal);
        Assert.EndsWith("---\n\nTwo", question.Text, StringComparison.Ordinal);
        Assert.Equal((2, PromptPart.Question), (prompt.Messages.Count, question.Part));
    }

    [Fact]
    public async Task Plan_SmallerContext_ShowsLessAndNeverMoreThanItHolds()
    {
        var kept = new List<int>();
        foreach (var context in (int[])[4000, 6000, 12_000, 40_000])
        {
            var plan = await new PromptWorkshop { Profile = new ModelProfileOptions { ContextTokens = context, CharactersPerToken = 1, MaxOutputTokens = 500 } }
                .PlanAsync(Conversation(401, 50));
            var shown = plan.Window.Sum(static m => m.Text.Length) + plan.Fixed.Sum(static m => m.Text.Length);
            Assert.InRange(shown + plan.Budget.Memory + plan.Budget.Knowledge + plan.Budget.Summary + 500, 1, context);
            Assert.True(plan.Budget.Memory <= context * 0.15 && plan.Budget.Knowledge <= context * 0.25 && plan.Budget.Summary <= context * 0.1);
            kept.Add(plan.Window.Count);
        }

        Assert.Equal(kept.Order().Distinct(), kept);
    }

    [Fact]
    public async Task Plan_OperatorSaysHowMuchHistory_Wins()
    {
        var plan = await new PromptWorkshop { Profile = new ModelProfileOptions { ContextTokens = 8000, HistoryTokens = 300, CharactersPerToken = 1 } }.PlanAsync(Conversation(61, 10));

        Assert.InRange(plan.Window.Count, 22, 30);
    }

    [Fact]
    public async Task Plan_ContextThatTheEngineTells_IsUsedUnlessTheProfileSaysOne()
    {
        var counter = new CountingByTwo { Context = 2000 };

        var told = await new PromptWorkshop { Counter = counter, Profile = new ModelProfileOptions { CharactersPerToken = 1 } }.PlanAsync(Conversation(3, 10));
        var said = await new PromptWorkshop { Counter = counter, Profile = new ModelProfileOptions { CharactersPerToken = 1, ContextTokens = 4000 } }.PlanAsync(Conversation(3, 10));
        var unknown = await new PromptWorkshop().PlanAsync(Conversation(3, 10));

        Assert.Equal((240, 480, 983), (told.Budget.Memory, said.Budget.Memory, unknown.Budget.Memory));
    }

    [Fact]
    public async Task Plan_EngineCounts_ItsCountsDecide()
    {
        var profile = new ModelProfileOptions { HistoryTokens = 400, CharactersPerToken = 1 };

        // Two characters a token, where the estimate says one.
        var counted = await new PromptWorkshop { Counter = new CountingByTwo(), Profile = profile }.PlanAsync(Conversation(101, 20));
        var estimated = await new PromptWorkshop { Profile = profile }.PlanAsync(Conversation(101, 20));
        var away = await new PromptWorkshop { Counter = new CountingByTwo { IsAway = true }, Profile = profile }.PlanAsync(Conversation(101, 20));

        Assert.True(counted.Window.Count > estimated.Window.Count, $"{counted.Window.Count} of {estimated.Window.Count}");
        Assert.Equal(estimated.Window, away.Window);
    }

    [Fact]
    public async Task Plan_ShortConversation_IsNotCounted()
    {
        var counter = new CountingByTwo();

        await new PromptWorkshop { Counter = counter, Profile = new ModelProfileOptions { HistoryTokens = 400 } }.PlanAsync(Conversation(3, 100));

        Assert.Equal(0, counter.Calls);
    }

    [Fact]
    public async Task Plan_PartIsLeftOut_WantsASummaryOfExactlyThat()
    {
        var plan = await Trimmed().PlanAsync(Conversation(61, 10));

        Assert.True(plan.Window[0].Depth > 0);
        Assert.Equal(IdAt(plan.Window[0].Depth - 1), plan.SummaryDueThrough);
        Assert.Null(plan.Summary);
        Assert.Null((await Trimmed().PlanAsync(Conversation(5, 10))).SummaryDueThrough);
    }

    [Fact]
    public async Task Plan_SeveralSummaries_TakesTheDeepestBeforeTheWindowAndOnThisPath()
    {
        var begins = (await Trimmed().PlanAsync(Conversation(61, 10))).Window[0].Depth;
        ConversationSummary At(Guid id) => new() { ThroughMessageId = id, Text = "S" };

        var plan = await Trimmed(At(IdAt(begins + 1)), At(Guid.NewGuid()), At(IdAt(begins - 5)), At(IdAt(3))).PlanAsync(Conversation(61, 10));
        var whole = await Trimmed(At(IdAt(begins - 1))).PlanAsync(Conversation(61, 10));

        Assert.Equal(IdAt(begins - 5), plan.Summary!.ThroughMessageId);
        Assert.Equal(IdAt(begins - 1), plan.SummaryDueThrough);
        Assert.Equal(IdAt(begins - 1), whole.Summary!.ThroughMessageId);
        Assert.Null(whole.SummaryDueThrough);
    }

    [Fact]
    public async Task Assemble_MoreThanFits_LeavesOutTheWorst()
    {
        var recall = Recalled([.. Enumerable.Range(0, 40).Select(static i => Remembered($"Memory {i} {new string('x', 50)}"))]);

        var text = (await new PromptWorkshop { Profile = new ModelProfileOptions { ContextTokens = 2000, CharactersPerToken = 1 } }.AssembleAsync([Said("Hi")], recall)).Messages[^1].Text;

        Assert.Contains("Memory 2 ", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Memory 3 ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lay_TextOfAnEarlierAttempt_IsTheLastMessage()
    {
        var messages = PromptLayout.Lay(new PromptParts { Fixed = [], Said = [Said("Go on")], Given = "Once" });

        Assert.Equal([ChatRole.User, ChatRole.Assistant], messages.Select(static m => m.Role));
    }

    [Fact]
    public void Hash_TextMovedBetweenMessages_IsAnother()
    {
        PromptMessage User(string text) => new(ChatRole.User, PromptPart.History, text);

        Assert.NotEqual(PromptLayout.Hash([User("ab"), User("c")]), PromptLayout.Hash([User("a"), User("bc")]));
        Assert.NotEqual(PromptLayout.Hash([User("a")]), PromptLayout.Hash([new PromptMessage(ChatRole.System, PromptPart.History, "a")]));
        Assert.Equal(PromptLayout.Hash([User("a")]), PromptLayout.Hash([User("a")]));
    }

    private static PromptWorkshop Trimmed(params ConversationSummary[] summaries) =>
        new() { Profile = new ModelProfileOptions { HistoryTokens = 300, CharactersPerToken = 1 }, Summaries = summaries };

    private sealed class CountingByTwo : ITokenCounter
    {
        public int? Context { get; init; }

        public bool IsAway { get; init; }

        public int Calls { get; private set; }

        public Task<int?> ContextAsync(string model, CancellationToken cancellationToken) => Task.FromResult(Context);

        public Task<IReadOnlyList<int>?> CountAsync(string model, IReadOnlyList<string> texts, CancellationToken cancellationToken)
        {
            Calls++;
            return Task.FromResult<IReadOnlyList<int>?>(IsAway ? null : [.. texts.Select(static t => t.Length / 2)]);
        }
    }
}
