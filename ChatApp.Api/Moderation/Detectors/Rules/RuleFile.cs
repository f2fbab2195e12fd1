using System.Globalization;
using System.Text;
using ChatApp.Api.Moderation.Detectors.Text;

namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>
/// Reads rules. A line is a setting (<c>language en</c>, <c>category violence</c>, or <c>topic override</c> for what is none), words (<c>set NAME:</c>, <c>marker:</c>, <c>allow:</c>,
/// <c>distance:</c>, <c>negation:</c>, each with a list), or a rule: its level, a <c>!</c> where no context makes it less, its name, and either
/// <c>terms</c> with a list, or what has to stand there in order: words, <c>stems*</c>, <c>a/b</c> for either, <c>@set</c>, <c>#minor</c>,
/// <c>..3</c> for up to three words between, <c>&lt;3&gt;</c> for the same in either order.
/// </summary>
internal sealed class RuleFile(RuleBook book)
{
    private const int FewestSplit = 6;

    private string? _language;
    private ModerationCategory? _category;
    private string _topic = "";

    /// <summary>All files of a folder that come with the service.</summary>
    public static RuleBook ReadAll(string folder)
    {
        var book = new RuleBook();
        var assembly = typeof(RuleFile).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(folder + "/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            new RuleFile(book).Read(name, reader.ReadToEnd());
        }

        return book;
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="FormatException">A line is none of the above; the message has its number.</exception>
    public void Read(string name, string text)
    {
        var number = 0;
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            number++;
            if (line.Trim() is { Length: > 0 } content && content[0] != '#')
            {
                try
                {
                    Take(content);
                }
                catch (Exception exception) when (exception is FormatException or ArgumentException or IndexOutOfRangeException)
                {
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{name}, line {number}: {exception.Message}"), exception);
                }
            }
        }
    }

    private static string Rot13(string text) => string.Create(text.Length, text, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = char.IsAsciiLetterLower(from[i]) ? (char)('a' + ((from[i] - 'a' + 13) % 26)) : from[i];
        }
    });

    private static string Fold(string word)
    {
        var folded = new StringBuilder();
        foreach (var rune in word.EnumerateRunes())
        {
            folded.Append(rune.Value < 128 ? char.ToLowerInvariant((char)rune.Value).ToString() : LookAlikes.Read(rune));
        }

        return folded.ToString();
    }

    private void Take(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var head = (colon < 0 ? line : line[..colon]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rest = colon < 0 ? "" : line[(colon + 1)..].Trim();
        switch (head[0])
        {
            case "language":
                _language = head[1] == "any" ? null : head[1];
                break;
            case "category":
                _category = Enum.Parse<ModerationCategory>(head[1], ignoreCase: true);
                _topic = head[1];
                break;
            case "topic":
                (_category, _topic) = (null, head[1]);
                break;
            case "set":
                TakeList(rest, book.Symbol(SetName(head[1])));
                break;
            case "marker":
                var marker = book.Symbol("!marker " + _language);
                TakeList(rest, marker);
                book.AddMarker(_language!, marker);
                break;
            case "allow":
                TakeList(rest, book.Allowed);
                break;
            case "distance" or "negation":
                var context = book.Symbol($"!{head[0]} {_language}");
                TakeList(rest, context);
                book.AddContext(context, Enum.Parse<RuleContext>(head[0], ignoreCase: true));
                break;
            default:
                TakeRule(head, rest);
                break;
        }
    }

    private void TakeRule(string[] head, string rest)
    {
        var isStrict = head[0].EndsWith('!');
        var level = Enum.Parse<ModerationLevel>(head[0].TrimEnd('!'), ignoreCase: true);
        var isTerms = head[1] is "terms" or "rot13";
        var name = $"{_language ?? "any"}/{_topic}/{head[isTerms ? 2 : 1]}";
        if (isTerms)
        {
            var symbol = book.Symbol("!" + name + head[0]);
            if (head[1] == "rot13")
            {
                rest = Rot13(rest);
                TakeSplit(rest, symbol);
            }

            TakeList(rest, symbol);
            book.Add(new Rule(name, _language, _category, level, isStrict, [new RulePart(symbol, 0)]));
            return;
        }

        var parts = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        book.Add(new Rule(name, _language, _category, level, isStrict, Parts(parts)));
        if (Array.FindIndex(parts, static p => p[0] == '<') is var both and > 0)
        {
            book.Add(new Rule(name, _language, _category, level, isStrict, Parts([.. parts[(both + 1)..], parts[both], .. parts[..both]])));
        }
    }

    // Slurs are hidden by a gap in the middle more than other words, and no half of theirs is one of them.
    private void TakeSplit(string list, int symbol)
    {
        foreach (var word in list.Split(", ").Select(static w => w.TrimEnd('*')).Where(static w => w.Length >= FewestSplit && !w.Contains(' ', StringComparison.Ordinal)))
        {
            for (var at = 2; at <= word.Length - 2; at++)
            {
                book.Add(new RulePhrase([WordSymbol(word[..at]), WordSymbol(word[at..])], symbol));
            }
        }
    }

    private List<RulePart> Parts(string[] texts)
    {
        var parts = new List<RulePart>();
        var gap = 0;
        foreach (var text in texts)
        {
            if (text[0] is '<' || text.StartsWith("..", StringComparison.Ordinal))
            {
                gap = int.Parse(text.Trim('<', '>', '.'), CultureInfo.InvariantCulture);
                continue;
            }

            parts.Add(new RulePart(Part(text), gap));
            gap = 0;
        }

        return parts;
    }

    private int Part(string text)
    {
        if (text[0] == '@')
        {
            return book.Symbol(SetName(text[1..]));
        }

        if (text[0] == '#')
        {
            return book.Symbol(text);
        }

        var symbol = book.Symbol("=" + text);
        TakeList(text.Replace('/', ','), symbol);
        return symbol;
    }

    // Sets belong to their language; what several languages share is written without one.
    private string SetName(string name) => name.Contains('.', StringComparison.Ordinal) ? "@" + name : $"@{_language ?? "any"}.{name}";

    private void TakeList(string list, int symbol)
    {
        foreach (var item in list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (item[0] == '@')
            {
                // Whatever stands for the one stands for the other.
                book.Add(new RulePhrase([book.Symbol(SetName(item[1..]))], symbol));
                continue;
            }

            var words = Fold(item).Split([' ', '-'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 1)
            {
                Word(words[0], symbol);
                continue;
            }

            book.Add(new RulePhrase([.. words.Select(WordSymbol)], symbol));
            if (string.Concat(words) is { Length: >= 8 } joined)
            {
                Word(joined, symbol);
            }
        }
    }

    private int WordSymbol(string word)
    {
        if (word[0] == '#')
        {
            return book.Symbol(word);
        }

        var symbol = book.Symbol("=" + word);
        Word(word, symbol);
        return symbol;
    }

    private void Word(string word, int symbol) => book.Words.Add(word.TrimEnd('*'), word.EndsWith('*'), symbol);
}
