using ChatApp.Api.Moderation.Detectors.Rules;

namespace ChatApp.Api.Moderation.Detectors;

/// <summary>
/// Finds words and turns of phrase by rules, whatever letters they are disguised with. At once, in time that grows with the text and no faster.
/// It knows words, not meanings: what is said without any of them passes, and some harmless sentences have them.
/// </summary>
internal sealed class RuleDetector : IStreamDetector
{
    public const string DetectorName = "rules";

    /// <summary>
    /// Characters that a detection spans at most, and that its surroundings reach back: whoever scans the end of a growing text begins
    /// this far before what is new, and sees what a scan of the whole would see.
    /// </summary>
    public const int LongestMatch = 600;

    // Much of a little is more: so many points within so many words make the next level.
    private const int DenseWords = 60;
    private const int DensePoints = 5;
    private const int DenseRules = 3;

    private static readonly Lazy<RuleBook> Shipped = new(static () => RuleFile.ReadAll("Moderation"));

    private readonly RuleBook _book;

    public RuleDetector() : this(Shipped.Value)
    {
    }

    /// <param name="book">The rules.</param>
    public RuleDetector(RuleBook book) => _book = book;

    public string Name => DetectorName;

    public bool IsImmediate => true;

    public ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken) => new(Scan(text.Text));

    /// <summary>
    /// How many characters at the end may become part of a detection: from the first word that a rule goes on from into what is not there yet.
    /// </summary>
    public int Undecided(ModeratedText text) => new RuleScan(_book, text.Text).Undecided();

    /// <summary>What the text has, by where it begins; of several rules at one place the one with the highest level.</summary>
    public IReadOnlyList<Detection> Scan(ReadOnlySpan<char> text) => Scan(text, out _);

    /// <summary>The same, and how many steps it took.</summary>
    public IReadOnlyList<Detection> Scan(ReadOnlySpan<char> text, out long steps)
    {
        var scan = new RuleScan(_book, text);
        var hits = scan.Hits().Where(static h => h.End - h.Start <= LongestMatch && h.Rule.Category is not null).ToList();
        steps = scan.Steps;
        if (hits is [])
        {
            return [];
        }

        var best = hits.GroupBy(static h => (Category(h), h.Start))
            .Select(static g => g.OrderByDescending(static h => h.Level).ThenByDescending(static h => h.End).First());
        return
        [
            .. best.Select(static h => new Detection(Category(h), h.Level, h.Start, h.End - h.Start, DetectorName, h.Rule.Name))
                .Concat(Dense(hits)).OrderBy(static d => d.Start).ThenBy(static d => d.Category),
        ];
    }

    // What is told of minors and not meant is no policy's minors, which are always blocked: whoever seeks help has to be able to say it.
    private static ModerationCategory Category(RuleHit hit) =>
        hit.Rule.Category is ModerationCategory.Minors && hit.Level < ModerationLevel.High ? ModerationCategory.Sexual : hit.Rule.Category!.Value;

    private static IEnumerable<Detection> Dense(List<RuleHit> hits)
    {
        foreach (var category in hits.Where(static h => !h.Rule.IsStrict && h.Rule.Category != ModerationCategory.Minors).GroupBy(static h => h.Rule.Category!.Value))
        {
            List<RuleHit> found = [.. category];
            var (first, end, points) = (0, -1, 0);
            for (var i = 0; i < found.Count; i++)
            {
                points += (int)found[i].Level;
                while (found[i].Word - found[first].Word > DenseWords || found[i].End - found[first].Start > LongestMatch)
                {
                    points -= (int)found[first++].Level;
                }

                if (points < DensePoints || found[first].Start < end)
                {
                    continue;
                }

                var some = found[first..(i + 1)];
                var highest = some.Max(static h => h.Level);
                if (highest < ModerationLevel.High && some.DistinctBy(static h => (h.Rule.Name, h.Start)).Count() >= DenseRules)
                {
                    end = found[i].End;
                    yield return new Detection(
                        category.Key, highest + 1, found[first].Start, end - found[first].Start, DetectorName, $"{found[first].Rule.Language ?? "any"}/{category.Key.ToString().ToLowerInvariant()}/dense");
                }
            }
        }
    }
}
