using System.Globalization;

namespace ChatApp.Api.Memory.Index;

/// <summary>Terms for when something was said, so that a question with a date in it finds what was said then.</summary>
internal static class DateTerms
{
    // Months that are everyday words too: they are dates only next to a number, or after a word such as "in".
    private static readonly HashSet<string> Ambiguous = new(["may", "march", "mai", "mar"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> Before = new(["in", "of", "since", "until", "last", "this", "next", "during", "early", "late", "im", "en", "de"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The terms of a memory's date: year, month, day, weekday. No text has terms like these.</summary>
    public static string[] Of(DateTimeOffset saidAt)
    {
        var date = saidAt.UtcDateTime;
        return [Year(date.Year), Month(date.Month), Day(date.Day), Weekday(date.DayOfWeek)];
    }

    /// <summary>The terms of the dates that a question names, by the names of the given culture and the English ones.</summary>
    public static IReadOnlyCollection<string> Asked(string question, CultureInfo culture, DateTimeOffset now)
    {
        var words = question.Split([' ', '\t', '\n', '\r', ',', '.', '?', '!', ';', ':', '(', ')', '"', '/', '-'], StringSplitOptions.RemoveEmptyEntries);
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < words.Length; i++)
        {
            if (MonthNamed(words[i], culture) is { } month && IsDate(words, i))
            {
                asked.Add(Month(month));
                AddDay(asked, words, i - 1);
                AddDay(asked, words, i + 1);
            }
            else if (WeekdayNamed(words[i], culture) is { } weekday)
            {
                asked.Add(Weekday(weekday));
            }
            else if (words[i].Length == 4 && int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= 1970 and < 2200)
            {
                asked.Add(Year(year));
            }
        }

        AddRelative(asked, question, now.UtcDateTime);
        return asked;
    }

    private static void AddRelative(HashSet<string> asked, string question, DateTime now)
    {
        if (question.Contains("yesterday", StringComparison.OrdinalIgnoreCase))
        {
            var day = now.AddDays(-1);
            asked.UnionWith([Year(day.Year), Month(day.Month), Day(day.Day)]);
        }

        if (question.Contains("last month", StringComparison.OrdinalIgnoreCase))
        {
            var month = now.AddMonths(-1);
            asked.UnionWith([Year(month.Year), Month(month.Month)]);
        }

        if (question.Contains("last year", StringComparison.OrdinalIgnoreCase))
        {
            asked.Add(Year(now.Year - 1));
        }
    }

    private static bool IsDate(string[] words, int at) =>
        !Ambiguous.Contains(words[at])
        || (at + 1 < words.Length && char.IsAsciiDigit(words[at + 1][0]))
        || (at > 0 && (char.IsAsciiDigit(words[at - 1][0]) || Before.Contains(words[at - 1])));

    private static void AddDay(HashSet<string> asked, string[] words, int at)
    {
        if (at >= 0 && at < words.Length)
        {
            var digits = words[at].AsSpan().TrimEnd("stndrh");
            if (digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31)
            {
                asked.Add(Day(day));
            }
        }
    }

    private static int? MonthNamed(string word, CultureInfo culture)
    {
        for (var month = 1; month <= 12; month++)
        {
            if (Same(word, culture.DateTimeFormat.MonthNames[month - 1]) || Same(word, culture.DateTimeFormat.MonthGenitiveNames[month - 1])
                || Same(word, CultureInfo.InvariantCulture.DateTimeFormat.MonthNames[month - 1]))
            {
                return month;
            }
        }

        return null;
    }

    private static DayOfWeek? WeekdayNamed(string word, CultureInfo culture)
    {
        foreach (var day in Enum.GetValues<DayOfWeek>())
        {
            if (Same(word, culture.DateTimeFormat.GetDayName(day)) || Same(word, CultureInfo.InvariantCulture.DateTimeFormat.GetDayName(day)))
            {
                return day;
            }
        }

        return null;
    }

    private static bool Same(string word, string name) => word.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Year(int year) => string.Create(CultureInfo.InvariantCulture, $"#y{year}");

    private static string Month(int month) => string.Create(CultureInfo.InvariantCulture, $"#m{month}");

    private static string Day(int day) => string.Create(CultureInfo.InvariantCulture, $"#d{day}");

    private static string Weekday(DayOfWeek day) => string.Create(CultureInfo.InvariantCulture, $"#w{(int)day}");
}
