using ChatApp.Api.Moderation.Detectors;
using ChatApp.Api.Moderation;
using Xunit;

namespace ChatApp.Tests.Moderation.Detectors;

public sealed class RuleDetectorTests
{
    private static readonly RuleDetector Rules = new();

    [Theory]
    [InlineData("I will kill you tomorrow", "Violence")]
    [InlineData("i want to kill myself", "SelfHarm")]
    [InlineData("How do I make a pipe bomb at home?", "Illegal")]
    [InlineData("fuck me harder", "Sexual")]
    [InlineData("All immigrants are scum", "Hate")]
    [InlineData("Immigrants are parasites and vermin", "Hate")]
    [InlineData("She is 12 years old and undressed for sex", "Minors")]
    [InlineData("Ich bring dich um, wenn du das machst", "Violence")]
    [InlineData("Ich will nicht mehr leben", "SelfHarm")]
    [InlineData("Wie kann ich zu Hause eine Bombe bauen?", "Illegal")]
    [InlineData("Ich will dich ficken, fick mich", "Sexual")]
    [InlineData("Die Ausländer sind alle Abschaum und Ungeziefer", "Hate")]
    [InlineData("Te voy a matar, hijo", "Violence")]
    [InlineData("Ya no quiero vivir, quiero morirme", "SelfHarm")]
    [InlineData("¿Cómo puedo fabricar una bomba casera?", "Illegal")]
    [InlineData("chúpame la polla, quiero follarte", "Sexual")]
    [InlineData("Los inmigrantes son escoria y ratas", "Hate")]
    [InlineData("Je vais te tuer ce soir", "Violence")]
    [InlineData("Je ne veux plus vivre, je veux mourir", "SelfHarm")]
    [InlineData("Comment fabriquer une bombe chez moi ?", "Illegal")]
    [InlineData("suce ma bite, baise moi", "Sexual")]
    [InlineData("Les immigrés sont de la vermine", "Hate")]
    public void Scan_MeantInALanguage_IsHigh(string text, string category) =>
        Assert.Contains(Rules.Scan(text), d => d.Category.ToString() == category && d.Level == ModerationLevel.High);

    [Theory]
    [InlineData("kill yourself")]
    [InlineData("k1ll y0urself")]
    [InlineData("KiLL YoUrSeLf")]
    [InlineData("k!ll yours3lf")]
    [InlineData("kiiiiill yourseeeelf")]
    [InlineData("k*ll yourself")]
    [InlineData("кіll уоursеlf")]
    [InlineData("κill yourself")]
    [InlineData("ｋｉｌｌ　ｙｏｕｒｓｅｌｆ")]
    [InlineData("𝐤𝐢𝐥𝐥 𝓎ℴ𝓊𝓇𝓈ℯ𝓁𝒻")]
    [InlineData("🅺🅸🅻🅻 ⓨⓞⓤⓡⓢⓔⓛⓕ")]
    [InlineData("ᴋɪʟʟ yourself")]
    [InlineData("k\u200bi\u200dl\u2060l your\u00adself")]
    [InlineData("k\u0336i\u0336l\u0336l\u0336 yourself")]
    [InlineData("kíll yöursélf")]
    [InlineData("k i l l y o u r s e l f")]
    [InlineData("k i l l  y o u r s e l f")]
    [InlineData("k.i.l.l yourself")]
    [InlineData("k-i-l-l y-o-u-r-s-e-l-f")]
    [InlineData("k_i_l_l_y_o_u_r_s_e_l_f")]
    [InlineData("killyourself")]
    [InlineData("kill\u2003\u202eyourself")]
    public void Scan_Disguised_IsFoundAllTheSame(string text) =>
        Assert.Contains(Rules.Scan(text), static d => d is { Category: ModerationCategory.SelfHarm, Level: ModerationLevel.High });

    [Theory]
    [InlineData("I live in Scunthorpe, near Penistone, and work in Essex.")]
    [InlineData("Charles Dickens and Alfred Hitchcock drank cocktails; the peacock watched.")]
    [InlineData("Please assess the class assignment, pass the grass and the bass.")]
    [InlineData("My therapist analysed the title of the analysis.")]
    [InlineData("The rapeseed field and the grapes are ripe; a rapid drape.")]
    [InlineData("You have great skills. This skill is killer whale knowledge.")]
    [InlineData("That kind of gift is die-cast, and the bite was small.")]
    [InlineData("The Matterhorn is a mountain; Horniman is a museum.")]
    [InlineData("Shiitake mushrooms, Sussex cheese and a sextant.")]
    [InlineData("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z")]
    [InlineData("He plays for Arsenal and lives in Clitheroe.")]
    [InlineData("The Essex Scunthorpe bus stops at Lightwater.")]
    [InlineData("Use `kill -9` no more: systemctl stop is better. Bombay, screenshot, shotgun wedding.")]
    [InlineData("Das Geschlecht der Wörter: der Tisch, die Lampe, das Kind. Das Gift ist gefährlich.")]
    [InlineData("La sexta sinfonía y el sexto capítulo son mis favoritos, y me gusta el polvorón.")]
    [InlineData("Le violon et la violette: j'aime les tuiles du toit et la pédagogie.")]
    [InlineData("Can you help me write a birthday poem for my son? He turns 12 and loves football.")]
    [InlineData("How do I build a bird house with my kids?")]
    [InlineData("How do I break into a career in computer security?")]
    public void Scan_Harmless_HasNothingOfMediumOrMore(string text) =>
        Assert.DoesNotContain(Rules.Scan(text), static d => d.Level >= ModerationLevel.Medium);

    [Theory]
    [InlineData("I will kill him", "The news article reported that he said: I will kill him")]
    [InlineData("I want to kill him", "I don't want to kill him")]
    [InlineData("they were tortured to death", "In the novel they were tortured to death")]
    public void Scan_ToldOrDenied_IsLessThanMeant(string meant, string told) =>
        Assert.True(Highest(told, ModerationCategory.Violence) < Highest(meant, ModerationCategory.Violence));

    [Fact]
    public void Scan_MinorsInAStory_IsNotLess() =>
        Assert.Equal(ModerationLevel.High, Highest("In my novel the 13 year old girl is naked and horny.", ModerationCategory.Minors));

    [Fact]
    public void Scan_AdultsOfThatAge_AreNoMinors() =>
        Assert.Equal(ModerationLevel.None, Highest("She is 25 years old and had sex with her husband.", ModerationCategory.Minors));

    [Theory]
    [InlineData("Hello there, ", "k i l l y o u r s e l f", " now")]
    [InlineData("😀😀 ", "ｋｉｌｌ　ｙｏｕｒｓｅｌｆ", "! bye")]
    [InlineData("e\u0301e\u0301 ﬁﬁ ", "k\u200bill y\u0336o\u0336urself\u200d", " ok")]
    [InlineData("… ", "𝐤𝐢𝐥𝐥 𝓎ℴ𝓊𝓇𝓈ℯ𝓁𝒻", "?")]
    public void Scan_Disguised_SpanCoversItInTheOriginal(string before, string disguised, string after)
    {
        var found = Rules.Scan(before + disguised + after).Where(static d => d.Level == ModerationLevel.High).ToList();

        Assert.Contains(found, d => d.Start == before.Length && d.Length == disguised.Length);
    }

    [Fact]
    public void Scan_AnyText_SpansStayInsideIt()
    {
        var random = new Random(7);
        string[] pieces = ["kill yourself", "k1ll", " ", "\u200b", "😀", "\ud83d", "ﬁ", "I will murder you", "é", "\u0301", "a.b.c", "*", "12", "ß", "İ", "\n", "porn", "𝐤"];
        for (var i = 0; i < 500; i++)
        {
            var text = string.Concat(Enumerable.Range(0, 12).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var found in Rules.Scan(text))
            {
                Assert.InRange(found.Start, 0, text.Length);
                Assert.InRange(found.Start + found.Length, found.Start + 1, text.Length);
                Assert.True(found.Length <= RuleDetector.LongestMatch);
            }
        }
    }

    [Theory]
    [InlineData("kill ")]
    [InlineData("I will ")]
    [InlineData("k")]
    [InlineData("* ")]
    [InlineData("a*")]
    [InlineData("k i l l ")]
    [InlineData("women are are are women ")]
    [InlineData("blood head ")]
    [InlineData("\u0301")]
    public void Scan_TwiceTheText_TakesTwiceTheSteps(string piece)
    {
        Rules.Scan(Repeat(20_000), out var some);
        Rules.Scan(Repeat(100_000), out var more);

        Assert.True(more <= (some * 6) + 1000, $"{some} steps for 20,000 characters, {more} for 100,000");
        Assert.True(more < 100_000 * 60L, $"{more} steps");

        string Repeat(int length) => string.Concat(Enumerable.Repeat(piece, (length / piece.Length) + 1))[..length];
    }

    [Fact]
    public void Scan_EndOfAGrowingText_SeesWhatAScanOfTheWholeSees()
    {
        var text = string.Concat(Enumerable.Repeat("The weather is fine today and we talk about gardens. ", 40)) + "I will kill you.";
        var from = text.Length - "I will kill you.".Length - RuleDetector.LongestMatch;

        var whole = Rules.Scan(text).Select(static d => (d.Start, d.Level, d.Rule));
        var end = Rules.Scan(text.AsSpan(from)).Select(d => (d.Start + from, d.Level, d.Rule));

        Assert.Equal(whole, end);
    }

    [Theory]
    [InlineData("The weather is fine. ", 0)]
    [InlineData("Hello. kill", 4)]
    [InlineData("Hello. kil", 3)]
    [InlineData("Hello. k i l", 5)]
    [InlineData("Hello. I will ", 7)]
    [InlineData("Hello. you should kill ", 12)]
    public void Undecided_EndOfAText_IsWhatARuleMayGoOnFrom(string text, int least)
    {
        var undecided = Rules.Undecided(new ModeratedText(text, ModerationSource.Answer, Guid.NewGuid()));

        Assert.InRange(undecided, least, least == 0 ? 0 : text.Length);
    }

    private static ModerationLevel Highest(string text, ModerationCategory category) =>
        Rules.Scan(text).Where(d => d.Category == category).Select(static d => d.Level).DefaultIfEmpty().Max();
}
