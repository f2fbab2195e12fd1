using System.Globalization;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Retrieval;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

public sealed class DateTermsTests
{
    private static readonly DateTimeOffset Now = new(2024, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("english", "What happened in May 2023?", "#m5 #y2023")]
    [InlineData("english", "Where was Ada on 8 May, 2023?", "#d8 #m5 #y2023")]
    [InlineData("english", "the party on July 4th", "#d4 #m7")]
    [InlineData("english", "What may I say about the march?", "")]
    [InlineData("english", "last Friday", "#w5")]
    [InlineData("english", "What did I say yesterday?", "#d29 #m2 #y2024")]
    [InlineData("english", "my job last year", "#y2023")]
    [InlineData("english", "room 1234 of 5 people", "")]
    [InlineData("german", "Was war im Oktober?", "#m10")]
    [InlineData("german", "Wo war ich am 3. März 2022?", "#d3 #m3 #y2022")]
    [InlineData("simple", "in october", "#m10")]
    public void Asked_Question_NamesItsDates(string language, string question, string expected) =>
        Assert.Equal(expected, string.Join(' ', DateTerms.Asked(question, RetrievalCulture.Of(language), Now).Order(StringComparer.Ordinal)));

    [Fact]
    public void Of_SaidAt_IsItsDayInUtc() =>
        Assert.Equal(["#y2023", "#m12", "#d31", "#w0"], DateTerms.Of(DateTimeOffset.Parse("2024-01-01T01:30:00+02:00", CultureInfo.InvariantCulture)));
}
