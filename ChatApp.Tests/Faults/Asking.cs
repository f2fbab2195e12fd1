using System.Diagnostics;
using System.Globalization;
using ChatApp.EngineSimulator;
using ChatApp.Faults;
using ChatApp.Faults.Clients;
using ChatApp.Faults.Judging;
using Xunit;

namespace ChatApp.Tests.Faults;

/// <summary>What the scenarios have in common: what is asked, waiting for a moment in it, and the verdict.</summary>
internal static class Asking
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Questions for the simulator, each with an id of its own.</summary>
    public static string[] Questions(int count, string settings)
    {
        var run = Guid.NewGuid().ToString("N")[..8];
        return [.. Enumerable.Range(0, count).Select(i => string.Create(CultureInfo.InvariantCulture, $"Tell me [id={run}-{i} {settings}]"))];
    }

    /// <summary>How long the whole answer is.</summary>
    public static int AnswerLength(this TurnHistory turn) => SimulatedAnswer.For(turn.Question).Text.Length;

    /// <summary>The id that a question is counted under.</summary>
    public static string QuestionId(this TurnHistory turn) => SimulatedQuestion.Parse(turn.Question).Id!;

    /// <summary>Waits until a reader has so much of the answer: 0 for its first piece, 1 for all of it.</summary>
    public static Task HasReadAsync(this TurnHistory turn, double part) =>
        UntilAsync(() => turn.Readers.Any(r => r.Length >= Math.Max(1, turn.AnswerLength() * part)), TimeSpan.FromSeconds(60), "the answer to get so far");

    public static async Task UntilAsync(Func<bool> condition, TimeSpan patience, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(clock.Elapsed < patience, $"Waited {patience} for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(2), Cancelled);
        }
    }

    public static async Task UntilAsync(Func<Task<bool>> condition, TimeSpan patience, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!await condition())
        {
            Assert.True(clock.Elapsed < patience, $"Waited {patience} for {what}.");
            await Task.Delay(TimeSpan.FromMilliseconds(10), Cancelled);
        }
    }

    /// <summary>Every promise was kept, once everything has come to rest.</summary>
    public static async Task AssertKeptAsync(this Trial trial, TimeSpan? patience = null)
    {
        var violations = await trial.JudgeAsync(patience ?? TimeSpan.FromSeconds(40), Cancelled);
        Assert.True(violations is [], $"{violations.Count} broken promises:{Environment.NewLine}{string.Join(Environment.NewLine, violations.Take(20))}");
    }

    /// <summary>Every turn of the trial was answered in full.</summary>
    public static async Task<IReadOnlyDictionary<Guid, StoredTurn>> AssertAllAnsweredAsync(this Trial trial)
    {
        var stored = await trial.StoredAsync(Cancelled);
        var not = stored.Values.Where(static t => t.Status != "completed").ToArray();
        Assert.True(not is [], $"{not.Length} of {stored.Count} were not answered: {string.Join("; ", not.Take(5).Select(static t => $"{t.Id} {t.Status} {t.ErrorCode} {t.LastError}"))}");
        return stored;
    }

    public static Task<Crowd.Conversation> AskOneAsync(this Trial trial, string settings, params ReaderStyle[] styles) =>
        trial.AskOneAsync(trial.Person, settings, styles);

    public static async Task<Crowd.Conversation> AskOneAsync(this Trial trial, ChatClient person, string settings, params ReaderStyle[] styles) =>
        (await new Crowd([person]).AskAsync(Questions(1, settings), Cancelled, styles))[0];
}
