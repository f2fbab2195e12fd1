namespace ChatApp.Api.Moderation.Detectors.Classifier;

/// <summary>Reads what a classifier answered: nothing but <c>safe</c>, or <c>unsafe</c> with codes.</summary>
internal static class ClassifierVerdict
{
    private static readonly Dictionary<string, ModerationCategory> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["S1"] = ModerationCategory.Sexual,
        ["S2"] = ModerationCategory.Minors,
        ["S3"] = ModerationCategory.Hate,
        ["S4"] = ModerationCategory.Violence,
        ["S5"] = ModerationCategory.SelfHarm,
        ["S6"] = ModerationCategory.Illegal,
    };

    /// <summary>The categories and their codes; none for a text that is safe; null where the answer is something else.</summary>
    public static IReadOnlyList<(ModerationCategory Category, string Code)>? Read(string answer)
    {
        var words = answer.Split((char[]?)[' ', '\n', '\r', '\t', ',', ':'], StringSplitOptions.RemoveEmptyEntries);
        if (words is [var safe] && safe.Trim('.').Equals("safe", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        if (words is not [var verdict, .. { Length: > 0 } codes] || !verdict.Equals("unsafe", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var found = new List<(ModerationCategory, string)>();
        foreach (var code in codes)
        {
            if (!Codes.TryGetValue(code.Trim('.'), out var category))
            {
                return null;
            }

            if (!found.Contains((category, code)))
            {
                found.Add((category, code));
            }
        }

        return found;
    }
}
