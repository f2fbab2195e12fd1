using ChatApp.Api.Retrieval;
using Xunit;

namespace ChatApp.Tests.Retrieval;

public sealed class TextAnalysisTests
{
    [Theory]
    [InlineData("My dog is called Brimwick.", "My dog is called Brimwick.")]
    [InlineData("Straße, naïve, Ἀθῆναι", "Straße, naïve, Ἀθῆναι")]
    [InlineData("", "")]
    public void Prepare_ScriptWithSpaces_IsLeftAlone(string text, string expected) => Assert.Equal(expected, TextAnalysis.Prepare(text));

    [Theory]
    [InlineData("我喜欢猫", " 我 我喜 喜欢 欢猫")]
    [InlineData("猫", " 猫")]
    [InlineData("my 猫 sleeps", "my  猫  sleeps")]
    [InlineData("Mira喜欢tea", "Mira 喜 喜欢 tea")]
    public void Prepare_ScriptWithoutSpaces_IsGivenInPairs(string text, string expected) => Assert.Equal(expected, TextAnalysis.Prepare(text));

    [Fact]
    public void Prepare_FullWidthLetters_AreTheirOrdinaryOnes() => Assert.Equal("Brimwick 7", TextAnalysis.Prepare("Ｂｒｉｍｗｉｃｋ ７"));

    [Fact]
    public void Prepare_QuestionAboutPartOfSentence_SharesItsPairs()
    {
        var said = TextAnalysis.Prepare("我的狗叫小白").Split(' ');
        var asked = TextAnalysis.Prepare("小白是谁").Split(' ');
        Assert.Contains("小白", said);
        Assert.Contains("小白", asked);
    }

    [Fact]
    public void Prepare_CharacterBeyondTheBasicPlane_StaysWhole() => Assert.Equal(" 𠮷 𠮷野", TextAnalysis.Prepare("𠮷野"));

    [Fact]
    public void Prepare_WhatNoTextMayHold_IsTakenOut()
    {
        Assert.Equal("a b", TextAnalysis.Prepare("a\0b"));
        Assert.Equal("a\ufffd b", TextAnalysis.Prepare("a\ud83d b"));
        Assert.Equal("\ufffd", TextAnalysis.Prepare("\udc00"));
        Assert.Equal("😀", TextAnalysis.Prepare("😀"));
    }
}
