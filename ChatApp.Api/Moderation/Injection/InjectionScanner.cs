using ChatApp.Api.Moderation.Detectors.Rules;

namespace ChatApp.Api.Moderation.Injection;

/// <summary>
/// Looks for instructions in what is only data: memories, documents, persona texts. It goes by words and marks, so it takes a document about
/// such attacks for one, and misses what is put in words of its own; nothing depends on it alone, for all such text stands in a fence.
/// </summary>
internal sealed class InjectionScanner
{
    /// <summary>The score from which a text is marked.</summary>
    public const double Suspicious = 0.5;

    // What is hidden in a code is read once, not codes within codes.
    private const int MaxCharacters = 100_000;

    private static readonly Lazy<RuleBook> Shipped = new(static () => RuleFile.ReadAll("Injection"));

    /// <summary>Judges a text; of a very long one the beginning.</summary>
    public static InjectionFinding Scan(string text) => Scan(text.Length <= MaxCharacters ? text : text[..MaxCharacters], mayDecode: true);

    private static InjectionFinding Scan(string text, bool mayDecode)
    {
        var remains = 1.0;
        var reasons = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var hit in new RuleScan(Shipped.Value, text).Hits().DistinctBy(static h => h.Rule.Name))
        {
            Add(hit.Level switch { ModerationLevel.High => 0.6, ModerationLevel.Medium => 0.3, _ => 0.15 }, hit.Rule.Name.Split('/')[1]);
        }

        foreach (var (score, reason) in InjectionMarks.Find(text))
        {
            Add(score, reason);
        }

        if (mayDecode)
        {
            foreach (var hidden in EncodedText.Find(text))
            {
                // Encoded text is usual in documents; encoded instructions are not.
                Add(Scan(hidden, mayDecode: false).IsSuspicious ? 0.9 : 0.1, "encoded text");
            }
        }

        return reasons.Count == 0 ? InjectionFinding.None : new InjectionFinding(Math.Round(1 - remains, 2), [.. reasons]);

        void Add(double score, string reason)
        {
            remains *= 1 - score;
            reasons.Add(reason);
        }
    }
}
