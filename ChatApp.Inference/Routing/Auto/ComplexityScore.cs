namespace ChatApp.Inference.Routing.Auto;

/// <summary>
/// The measure: each feature adds its share, bounded so that none decides alone but code and length, and a logistic curve brings the sum
/// between 0 and 1. It is the same for the same conversation, always. 0.5 is where people would rather ask the larger model; see
/// docs/operators.md, and the labelled messages of the tests, for how often that is so.
/// </summary>
internal static class ComplexityScore
{
    private const double Offset = -2.6;

    /// <summary>Measures one message.</summary>
    /// <param name="text">What was counted in it.</param>
    /// <param name="hasTools">Whether tools are offered.</param>
    /// <param name="earlier">Messages of the user before it.</param>
    public static double Of(in TextFeatures text, bool hasTools, int earlier)
    {
        // A part of a long text was looked at; its words are about so many.
        var words = Math.Max(text.Words, text.Bytes / 8.0);
        var sum = Offset
            // Where the words are of a script that none is known of, length has to say it.
            + ((text.OtherScript > text.Bytes / 4 ? 1.4 : 0.55) * Math.Log2(1 + (words / 8)))
            + Share(text.Reasoning, 1.1, 1) + Share(text.Reasoning, 0.9, 3)
            + Share(text.Making, 0.9, 1) + Share(text.Making, 0.9, 2)
            + Share(text.Constraints, 0.55, 4)
            + Share(text.Code, 0.7, 3)
            + Share(text.Maths, 0.8, 3)
            + Share(text.MathsSigns, 0.35, 4)
            + Share(text.CodeSigns, 0.25, 6)
            + Share(text.Fences, 0.7, 2)
            + Share(text.Items, 0.4, 4)
            + Share(text.Questions - 1, 0.5, 3)
            + Share(text.Clauses, 0.2, 5)
            - Share(text.Easy, 0.7, 2)
            + (hasTools ? 0.3 : 0)
            + Share(earlier, 0.06, 8);
        return 1 / (1 + Math.Exp(-sum));
    }

    private static double Share(int count, double weight, int most) => weight * Math.Clamp(count, 0, most);
}
