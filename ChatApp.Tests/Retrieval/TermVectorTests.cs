using ChatApp.Api.Retrieval;
using Xunit;

namespace ChatApp.Tests.Retrieval;

public sealed class TermVectorTests
{
    [Theory]
    [InlineData("'dog':2,5A 'call':4B", "dog 2, call 1", 3)]
    [InlineData("'it''s':1 'a\\\\b':2,3 'plain'", "it's 1, a\\b 2, plain 1", 4)]
    [InlineData("'''':7 'ü ber':1,2,3", "' 1, ü ber 3", 4)]
    [InlineData("", "", 0)]
    public void Parse_TextOfAVector_GivesTermsWithCounts(string text, string expected, int length)
    {
        var vector = TermVector.Parse(text);

        var terms = new List<string>();
        foreach (var (term, count) in vector.Terms)
        {
            terms.Add($"{term} {count}");
        }

        Assert.Equal(expected, string.Join(", ", terms));
        Assert.Equal(length, vector.Length);
    }

    [Theory]
    [InlineData("dog:1")]
    [InlineData("'dog")]
    [InlineData("'dog''")]
    public void Parse_SomethingElse_Throws(string text) => Assert.Throws<FormatException>(() => TermVector.Parse(text));
}
