using System.Globalization;

namespace ChatApp.Bench.Safety;

/// <summary>How often a judge was right about yes and no.</summary>
internal sealed record Judgement(int Right, int Missed, int Wrong, int RightlyNot)
{
    public static Judgement Of(IEnumerable<(bool Is, bool Said)> cases)
    {
        var counted = cases.CountBy(static c => c).ToDictionary();
        return new(Count(true, true), Count(true, false), Count(false, true), Count(false, false));

        int Count(bool isIt, bool said) => counted.GetValueOrDefault((isIt, said));
    }

    public double Precision => (double)Right / (Right + Wrong);

    public double Recall => (double)Right / (Right + Missed);

    public double F1 => 2.0 * Right / ((2 * Right) + Wrong + Missed);

    /// <summary>The share of what is harmless that it was said of.</summary>
    public double FalsePositives => (double)Wrong / (Wrong + RightlyNot);

    public static string Number(double value) => double.IsNaN(value) ? "-" : value.ToString("0.00", CultureInfo.InvariantCulture);

    public override string ToString() => $"{Number(Precision)} / {Number(Recall)} / {Number(F1)}";
}
