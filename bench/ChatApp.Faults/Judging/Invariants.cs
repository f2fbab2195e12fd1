using ChatApp.EngineSimulator;

namespace ChatApp.Faults.Judging;

/// <summary>
/// What must hold once everything has healed, whatever was done in between.
/// <list type="bullet">
/// <item>I1: every accepted turn is in exactly one final state, and every reader that stayed heard of exactly one end, that one.</item>
/// <item>I2: the stored text is the engine's, byte for byte (the beginning of it for turns that did not complete), and is what
/// every reader put together.</item>
/// <item>I3: for every reader the numbers of events rise and the text has neither gap nor repetition.</item>
/// <item>I4: what a turn took is told and stored once.</item>
/// <item>I5: nothing of another person is there.</item>
/// <item>I6: nothing is left over: no turn queued or running, no lease, no answer that the engine writes for nobody.</item>
/// </list>
/// </summary>
public static class Invariants
{
    /// <summary>Judges all turns, and what is in Postgres beside them.</summary>
    public static IReadOnlyList<Violation> Judge(History history, IReadOnlyDictionary<Guid, StoredTurn> stored, SimulatorReport engine)
    {
        var violations = history.Turns.SelectMany(turn => Judge(turn, stored.GetValueOrDefault(turn.Id))).ToList();
        violations.AddRange(JudgePosts(history, stored));
        violations.AddRange(JudgeLeftovers(stored.Values, engine));
        return violations;
    }

    /// <summary>Judges one turn that has ended.</summary>
    public static IEnumerable<Violation> Judge(TurnHistory turn, StoredTurn? stored)
    {
        if (stored is null)
        {
            return [new("I1", turn.Id, "was accepted and is not in Postgres: lost")];
        }

        var violations = new List<Violation>();
        if (!stored.HasEnded)
        {
            violations.Add(new("I1", turn.Id, $"is still {stored.Status}, attempt {stored.Attempt}"));
        }

        if (stored.User != turn.User || stored.Conversation != turn.Conversation)
        {
            violations.Add(new("I5", turn.Id, "belongs to somebody else than who posted it"));
        }

        violations.AddRange(JudgeText(turn, stored));
        if (stored is { Status: "completed", OutputTokens: null or 0 })
        {
            violations.Add(new("I4", turn.Id, "was completed, and what it took is not stored"));
        }

        violations.AddRange(turn.Readers.SelectMany(reader => JudgeReader(reader, stored)));
        return violations;
    }

    private static IEnumerable<Violation> JudgeText(TurnHistory turn, StoredTurn stored)
    {
        var expected = SimulatedAnswer.For(turn.Question).Text;
        if (stored.Status is "completed" ? stored.Text != expected : !expected.StartsWith(stored.Text, StringComparison.Ordinal))
        {
            yield return new("I2", turn.Id, $"{stored.Status}, but its text is not the engine's: {Difference(expected, stored.Text)}");
        }
    }

    private static IEnumerable<Violation> JudgeReader(ReaderHistory reader, StoredTurn stored)
    {
        if (reader.Garbage is { } garbage)
        {
            yield return new("I3", reader.Turn, $"a reader got something that is no event: {garbage}");
        }

        var ends = reader.Events.Where(static e => e.IsTerminal).ToArray();
        if (ends.Length > 1)
        {
            yield return new("I1", reader.Turn, $"a reader heard of {ends.Length} ends: {string.Join(", ", ends.Select(static e => e.Type))}");
        }

        if (ends is [var end] && end.Type != stored.Status)
        {
            yield return new("I1", reader.Turn, $"a reader heard '{end.Type}', but it is {stored.Status}");
        }

        if (ends is [] && !reader.WasLeft)
        {
            yield return new("I1", reader.Turn, $"a reader never heard of the end ({stored.Status}); its last event is {reader.LastId}, {reader.Connections} connections{(reader.NothingMore ? ", told that nothing more comes" : "")}{(reader.Refused is { } status ? $", refused with {status}" : "")}");
        }

        if (ends.Length > 0 && !reader.Events[^1].IsTerminal)
        {
            yield return new("I1", reader.Turn, "a reader got events after the end");
        }

        if (ends.Length > 0 && reader.Text != stored.Text)
        {
            yield return new("I2", reader.Turn, $"a reader put together something else than what is stored: {Difference(stored.Text, reader.Text)}");
        }

        var usages = reader.Events.Count(static e => e.Type is "usage");
        if (usages > 1 || (usages == 0 && ends is [{ Type: "completed" }]))
        {
            yield return new("I4", reader.Turn, $"a reader was told {usages} times what it took");
        }

        if (reader.Events.Count(static e => e.Type is "recalled") is > 1 and var told)
        {
            yield return new("I3", reader.Turn, $"a reader was told {told} times what was recalled");
        }

        foreach (var violation in JudgeOrder(reader))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> JudgeOrder(ReaderHistory reader)
    {
        var (seq, offset) = (0L, 0);
        foreach (var seen in reader.Events)
        {
            if (seen.Seq <= seq)
            {
                yield return new("I3", reader.Turn, $"{seen.Type} {seen.Id} came after number {seq}");
            }

            var start = seen.Type is "restarted" ? 0 : offset;
            if (seen.Offset != start + seen.Text.Length)
            {
                yield return new("I3", reader.Turn, $"{seen.Type} {seen.Id} with {seen.Text.Length} characters does not continue a text of {start}: {(seen.Offset > start + seen.Text.Length ? "something is missing" : "something came twice")}");
            }

            (seq, offset) = (seen.Seq, seen.Offset);
        }
    }

    private static IEnumerable<Violation> JudgePosts(History history, IReadOnlyDictionary<Guid, StoredTurn> stored)
    {
        var keys = history.Posts.Where(static p => p.Turn is not null).GroupBy(static p => (p.Conversation, p.Key));
        foreach (var key in keys.Where(static k => k.Select(static p => p.Turn).Distinct().Count() > 1))
        {
            yield return new("I1", null, $"one key made several turns: {string.Join(", ", key.Select(static p => p.Turn).Distinct())}");
        }

        foreach (var same in stored.Values.Where(static t => t.Key is not null).GroupBy(static t => (t.Conversation, t.Key)).Where(static s => s.Count() > 1))
        {
            yield return new("I1", same.First().Id, $"{same.Count()} turns are stored for one key");
        }

        // A post whose answer never came may have been accepted all the same; nothing else may have.
        var open = history.Posts.Where(static p => p.Status is null or >= 500).Select(static p => (p.Conversation, p.Key)).ToHashSet();
        var known = history.Turns.Select(static t => t.Id).ToHashSet();
        foreach (var turn in stored.Values.Where(t => !known.Contains(t.Id) && !open.Contains((t.Conversation, t.Key ?? ""))))
        {
            yield return new("I1", turn.Id, "is stored, but nobody was told that it was accepted");
        }
    }

    private static IEnumerable<Violation> JudgeLeftovers(IEnumerable<StoredTurn> stored, SimulatorReport engine)
    {
        foreach (var turn in stored)
        {
            if (!turn.HasEnded || turn.Worker is not null || turn.LeaseUntil is not null)
            {
                yield return new("I6", turn.Id, $"is {turn.Status} with worker {turn.Worker ?? "none"} and lease {turn.LeaseUntil?.ToString("O") ?? "none"}");
            }

            if (turn.HasEnded && turn.MessageStatus is "pending" or "streaming")
            {
                yield return new("I6", turn.Id, $"is {turn.Status}, but its answer is {turn.MessageStatus}");
            }
        }

        if (engine.Active != 0)
        {
            yield return new("I6", null, $"the engine writes {engine.Active} answers for nobody");
        }

        if (engine.BadPrefixes != 0)
        {
            yield return new("I2", null, $"the engine was asked {engine.BadPrefixes} times to go on from something that it had not said");
        }
    }

    private static string Difference(string expected, string actual)
    {
        var same = 0;
        while (same < expected.Length && same < actual.Length && expected[same] == actual[same])
        {
            same++;
        }

        return $"{expected.Length} characters expected, {actual.Length} there, different from {same} on ('{Around(expected, same)}', '{Around(actual, same)}')";
    }

    private static string Around(string text, int at) => text.Substring(at, Math.Min(20, text.Length - at)).ReplaceLineEndings("\\n");
}
