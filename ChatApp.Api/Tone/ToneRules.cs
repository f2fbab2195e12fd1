using ChatApp.Api.Moderation;
using ChatApp.Api.Moderation.Detectors.Rules;

namespace ChatApp.Api.Tone;

/// <summary>Tells from words and signs how somebody sounds.</summary>
internal static class ToneRules
{
    // The end of a message says how it is meant.
    private const int MostCharacters = 2000;
    private const int Least = 2;

    private static readonly Lazy<RuleBook> Shipped = new(static () => RuleFile.ReadAll("Tone"));

    private static readonly (string Sign, Emotion Emotion)[] Signs =
    [
        ("😀", Emotion.Joy), ("😁", Emotion.Joy), ("😄", Emotion.Joy), ("😊", Emotion.Joy), ("🥳", Emotion.Joy), ("🎉", Emotion.Joy), ("😂", Emotion.Joy), ("🥰", Emotion.Joy), (":D", Emotion.Joy), (":-)", Emotion.Joy), (":)", Emotion.Joy),
        ("😢", Emotion.Sadness), ("😭", Emotion.Sadness), ("😞", Emotion.Sadness), ("😔", Emotion.Sadness), ("💔", Emotion.Sadness), (":(", Emotion.Sadness), (":'(", Emotion.Sadness),
        ("😠", Emotion.Anger), ("😡", Emotion.Anger), ("🤬", Emotion.Anger), ("😤", Emotion.Anger),
        ("😨", Emotion.Fear), ("😱", Emotion.Fear), ("😰", Emotion.Fear),
    ];

    /// <summary>The emotion that there is most of; null where there is little of any, or as much of two.</summary>
    public static Emotion? Read(string text)
    {
        var end = text.Length <= MostCharacters ? text : text[^MostCharacters..];
        var points = new int[Enum.GetValues<Emotion>().Length];
        foreach (var hit in new RuleScan(Shipped.Value, end).Hits().DistinctBy(static h => (h.Rule.Name, h.Start)))
        {
            points[(int)Enum.Parse<Emotion>(hit.Rule.Name.Split('/')[1], ignoreCase: true)] += hit.Level == ModerationLevel.High ? 3 : hit.Level == ModerationLevel.Medium ? 2 : 1;
        }

        foreach (var (sign, emotion) in Signs)
        {
            points[(int)emotion] += end.Contains(sign, StringComparison.Ordinal) ? 2 : 0;
        }

        var best = Array.IndexOf(points, points.Max());
        return points[best] >= Least && points.Count(p => p == points[best]) == 1 ? (Emotion)best : null;
    }
}
