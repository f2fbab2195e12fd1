using ChatApp.Api.Memory.Index;

namespace ChatApp.Api.Memory.Recall;

/// <summary>Of what was found, what is worth its room.</summary>
internal sealed class RecallChoice(RecallRequest request, RecallQuestion question, DateTimeOffset now)
{
    // Nobody reads more; what is further down is there by accident.
    private const int Most = 12;

    // What fits less than this, against the best, or shares less than this with the question, is no answer to it.
    private const double RelativeFloor = 0.45;
    private const double CoverageFloor = 0.25;

    // Where nothing shares this much with the question, it is about something else.
    private const double BestCoverageFloor = 0.3;

    // Found by its meaning alone, only next to the best: how near is near differs by model.
    private const double MeaningFloor = 0.7;

    // Two texts with so much of their words in common say the same.
    private const double NearCopy = 0.8;

    // Of the room, what the pinned ones may take that the question did not find.
    private const double PinnedShare = 0.3;

    // What a line takes besides its text: when it was said, and by whom.
    private const int TokensAround = 12;

    /// <summary>Best first; the pinned ones that were not found come last.</summary>
    /// <param name="hits">What the index found, best first.</param>
    /// <param name="rows">The rows of the hits, and the pinned ones: what is not among them is gone, or somebody else's.</param>
    public IReadOnlyList<RecalledMemory> Choose(IReadOnlyList<MemoryHit> hits, IReadOnlyList<RecallRow> rows)
    {
        var byId = rows.ToDictionary(static r => r.Id);
        var candidates = Weighed(hits, byId).ToList();
        var found = candidates.Select(static c => c.Row.Id).ToHashSet();
        var taken = new List<(RecalledMemory Memory, HashSet<string> Terms)>();
        var room = request.TokenBudget * PinnedShare;
        var left = (double)request.TokenBudget;
        foreach (var row in rows.Where(r => r.Pinned && !found.Contains(r.Id) && !IsLeftOut(r)))
        {
            var text = RecallExcerpt.Of(row.Text, []);
            if (Tokens(text) <= room && TryTake(taken, row, text, 0, ["pinned"]))
            {
                room -= Tokens(text);
                left -= Tokens(text);
            }
        }

        var pinned = taken.Count;
        foreach (var (row, score, reasons, words) in candidates.OrderByDescending(static c => c.Score).ThenBy(static c => c.Row.Id))
        {
            var text = RecallExcerpt.Of(row.Text, words);
            if (taken.Count - pinned < Most && Tokens(text) <= left && TryTake(taken, row, text, Math.Min(1, score), reasons))
            {
                left -= Tokens(text);
            }
        }

        return [.. taken.Skip(pinned).Concat(taken.Take(pinned)).Select(static t => t.Memory)];
    }

    private IEnumerable<(RecallRow Row, double Score, IReadOnlyList<string> Reasons, IReadOnlyList<string> Words)> Weighed(
        IReadOnlyList<MemoryHit> hits, Dictionary<Guid, RecallRow> rows)
    {
        var known = new List<(MemoryHit Hit, RecallRow Row, IReadOnlyList<string> Words, double Coverage)>();
        foreach (var hit in hits)
        {
            if (rows.TryGetValue(hit.Id, out var row) && !IsLeftOut(row))
            {
                var terms = row.TermSet();
                known.Add((hit, row, question.WordsIn(terms), hit.Coverage ?? question.ShareIn(terms)));
            }
        }

        if (known.Count == 0)
        {
            yield break;
        }

        var best = known.Max(static k => k.Hit.Score);
        var isAboutIt = known.Max(static k => k.Coverage) >= BestCoverageFloor;
        foreach (var (hit, row, words, coverage) in known)
        {
            var fits = hit.Score / best;
            var covers = isAboutIt && coverage >= CoverageFloor;
            if (fits >= RelativeFloor && (covers || (hit.Similarity is not null && fits >= MeaningFloor)))
            {
                yield return (row, fits * Weight(row), Reasons(row, hit, words), words);
            }
        }
    }

    // A few percent either way: what fits better stays better.
    private double Weight(RecallRow row)
    {
        var days = Math.Max(0, (now - row.SaidAt).TotalDays);
        return (row.Pinned ? 1.1 : 1) * (1 + (0.1 * (row.Importance - 0.5))) * (0.97 + (0.03 * Math.Exp(-days / 60)));
    }

    private static List<string> Reasons(RecallRow row, MemoryHit hit, IReadOnlyList<string> words)
    {
        var reasons = new List<string>();
        if (row.Pinned)
        {
            reasons.Add("pinned");
        }

        if (words.Count > 0)
        {
            reasons.Add($"words: {string.Join(", ", words)}");
        }
        else if (hit.Coverage > 0)
        {
            reasons.Add("said next to it");
        }

        if (hit.Similarity is not null && (words.Count == 0 || hit.Similarity > 0.5))
        {
            reasons.Add("similar meaning");
        }

        return reasons.Count > 0 ? reasons : ["fits the question"];
    }

    private bool IsLeftOut(RecallRow row) => row.MessageId is { } message && row.Kind == MemoryKind.Message && request.Without.Contains(message);

    private static bool TryTake(
        List<(RecalledMemory Memory, HashSet<string> Terms)> taken, RecallRow row, string text, double score, IReadOnlyList<string> reasons)
    {
        var terms = row.TermSet();
        if (taken.Exists(t => IsCopy(t.Terms, terms, t.Memory.Text, text)))
        {
            return false;
        }

        taken.Add((new RecalledMemory(row.Id, row.Kind, row.Speaker, text, row.SaidAt, row.Pinned, score, reasons, row.ConversationId, row.MessageId), terms));
        return true;
    }

    private static bool IsCopy(HashSet<string> left, HashSet<string> right, string leftText, string rightText)
    {
        if (left.Count == 0 || right.Count == 0)
        {
            return string.Equals(leftText.Trim(), rightText.Trim(), StringComparison.OrdinalIgnoreCase);
        }

        var common = left.Count(right.Contains);
        return common >= NearCopy * (left.Count + right.Count - common);
    }

    private double Tokens(string text) => TokensAround + (text.Length / request.CharactersPerToken);
}
