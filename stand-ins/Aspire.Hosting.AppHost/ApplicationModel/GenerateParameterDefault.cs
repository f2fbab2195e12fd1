using System.Security.Cryptography;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A random text over letters, digits and a few signs that need no quoting in connection strings.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    // Letters and digits that are easily mistaken for one another are left out.
    private const string LowerSet = "abcdefghjkmnpqrstuvwxyz";
    private const string UpperSet = "ABCDEFGHJKMNPQRSTUVWXYZ";
    private const string DigitSet = "0123456789";
    private const string SpecialSet = "-_.{}~()*+!";

    /// <summary>The length when it is not given; with every set it makes more than 128 bits.</summary>
    private const int DefaultLength = 22;

    public int MinLength { get; set; }

    public bool Lower { get; set; } = true;

    public bool Upper { get; set; } = true;

    public bool Numeric { get; set; } = true;

    public bool Special { get; set; } = true;

    public int MinLower { get; set; }

    public int MinUpper { get; set; }

    public int MinNumeric { get; set; }

    public int MinSpecial { get; set; }

    public override string GetDefaultValue()
    {
        (string Set, bool Used, int Least)[] sets =
            [(LowerSet, Lower, MinLower), (UpperSet, Upper, MinUpper), (DigitSet, Numeric, MinNumeric), (SpecialSet, Special, MinSpecial)];
        if (sets.Any(set => set is { Used: false, Least: > 0 }) || !sets.Any(set => set.Used))
        {
            throw new InvalidOperationException("A minimum is given for a set of characters that is switched off, or every set is.");
        }

        var all = string.Concat(sets.Where(set => set.Used).Select(set => set.Set));
        var chars = sets.SelectMany(set => RandomNumberGenerator.GetItems<char>(set.Set, set.Least)).ToList();
        var length = MinLength > 0 ? MinLength : DefaultLength;
        chars.AddRange(RandomNumberGenerator.GetItems<char>(all, Math.Max(0, length - chars.Count)));
        var shuffled = chars.ToArray();
        RandomNumberGenerator.Shuffle(shuffled.AsSpan());
        return new string(shuffled);
    }
}
