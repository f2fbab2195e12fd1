using ChatApp.Api.Moderation.Detectors.Rules;
using ChatApp.Api.Moderation.Detectors;
using ChatApp.Api.Moderation;
using Xunit;

namespace ChatApp.Tests.Moderation.Detectors;

public sealed class RuleFileTests
{
    [Theory]
    [InlineData("apple pie", true)]
    [InlineData("apples pie", false)]
    [InlineData("an apple and then a pie", true)]
    [InlineData("apple one two three four pie", false)]
    [InlineData("pie of an apple", true)]
    [InlineData("apple. pie", false)]
    public void Rule_WordsInEitherOrder_HoldsWithinItsWindowAndSentence(string text, bool holds) =>
        Assert.Equal(holds, Scan("high x: apple <3> pie", text));

    [Theory]
    [InlineData("bananas", true)]
    [InlineData("banana", true)]
    [InlineData("bananarama", false)]
    [InlineData("abanana", false)]
    public void Rule_StemWithAnAllowedWord_HoldsForTheOthers(string text, bool holds) =>
        Assert.Equal(holds, Scan("allow: bananarama\nhigh terms x: banana*", text));

    [Theory]
    [InlineData("she is 17 years old", true)]
    [InlineData("she is 18 years old", false)]
    [InlineData("she is 170 years old", false)]
    public void Rule_MinorAge_HoldsUnderEighteen(string text, bool holds) => Assert.Equal(holds, Scan("high x: #minor years old", text));

    [Theory]
    [InlineData("high x")]
    [InlineData("loud x: a")]
    [InlineData("category nothing")]
    public void Read_LineThatIsNone_SaysWhich(string line) =>
        Assert.Contains("a.rules, line 2", Assert.Throws<FormatException>(() => new RuleFile(new RuleBook()).Read("a.rules", "# fine\n" + line)).Message, StringComparison.Ordinal);

    private static bool Scan(string rules, string text)
    {
        var book = new RuleBook();
        new RuleFile(book).Read("a.rules", "language en\ncategory illegal\n" + rules);
        return new RuleDetector(book).Scan(text).Any(static d => d.Category == ModerationCategory.Illegal);
    }
}
