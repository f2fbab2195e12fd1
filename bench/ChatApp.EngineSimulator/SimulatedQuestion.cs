using System.Globalization;

namespace ChatApp.EngineSimulator;

/// <summary>
/// What a message asks of the simulator: the last <c>[id=abc tokens=200 rate=50 first=0 fault=hang-mid faults=1 stamp]</c>
/// in it, each word optional. What it does not say, the simulator's options do.
/// </summary>
/// <param name="Id">The name that the calls for it are counted under, and the answer's seed; null when it has none.</param>
/// <param name="Tokens">The length of the answer.</param>
/// <param name="Rate">Tokens a second.</param>
/// <param name="FirstMs">Milliseconds to the first token.</param>
/// <param name="Fault">What goes wrong; null for nothing.</param>
/// <param name="Faults">How many calls for this id it goes wrong for, from the first on.</param>
/// <param name="Stamp">Whether each token says when it was sent, <c>t{microseconds since 1970}#{its place};</c>, instead of a word.</param>
public sealed record SimulatedQuestion(string? Id, int? Tokens, double? Rate, double? FirstMs, string? Fault, int Faults, bool Stamp)
{
    private static readonly SimulatedQuestion Plain = new(null, null, null, null, null, int.MaxValue, false);

    /// <summary>Reads the settings of a message.</summary>
    public static SimulatedQuestion Parse(string message)
    {
        // From the end: a prompt may join several messages of one side, and the newest is what is asked.
        var end = message.Length;
        while (end > 0 && message.LastIndexOf('[', end - 1) is >= 0 and var open)
        {
            var close = message.IndexOf(']', open);
            if (close > 0 && TryRead(message[(open + 1)..close]) is { } question)
            {
                return question;
            }

            end = open;
        }

        return Plain;
    }

    private static SimulatedQuestion? TryRead(string settings)
    {
        var question = Plain;
        foreach (var word in settings.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = word.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals
                ? (word[..equals], word[(equals + 1)..])
                : (word, "");
            var read = (name, value) switch
            {
                ("stamp", "") => question with { Stamp = true },
                ("id", { Length: > 0 }) => question with { Id = value },
                ("fault", { Length: > 0 }) => question with { Fault = value },
                ("tokens", _) when Whole(value) is { } tokens => question with { Tokens = tokens },
                ("faults", _) when Whole(value) is { } faults => question with { Faults = faults },
                ("rate", _) when Number(value) is { } rate and > 0 => question with { Rate = rate },
                ("first", _) when Number(value) is { } first => question with { FirstMs = first },
                _ => null,
            };
            if (read is null)
            {
                // Some other bracket, as in a link.
                return null;
            }

            question = read;
        }

        return question == Plain ? null : question;
    }

    private static int? Whole(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static double? Number(string value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
