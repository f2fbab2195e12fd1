using ChatApp.Api.Memory.Recall;
using Xunit;

namespace ChatApp.Tests.Memory.Recall;

public sealed class SmallTalkTests
{
    [Theory]
    [InlineData("Hi!")]
    [InlineData("hey mira, how are you today?")]
    [InlineData("Thanks a lot 😊")]
    [InlineData("ok cool, see you later!")]
    [InlineData("Good morning, Mira")]
    [InlineData("👍")]
    [InlineData("...")]
    [InlineData("Guten Morgen! Wie geht’s?")]
    [InlineData("merci beaucoup, à bientôt")]
    [InlineData("Hola, ¿qué tal?")]
    [InlineData("你好！")]
    [InlineData("ありがとう。")]
    [InlineData("Спасибо, пока!")]
    public void Is_AsksForNothing_IsSmallTalk(string text) => Assert.True(SmallTalk.Is(text, "Ada", "Mira"));

    [Theory]
    [InlineData("Hi, what is my dog called?")]
    [InlineData("Thanks for the tip about Lisbon")]
    [InlineData("How are you getting on with the boat?")]
    [InlineData("Good morning, I had a dream about my sister")]
    [InlineData("Rex")]
    [InlineData("42")]
    [InlineData("Wie geht es meiner Schwester?")]
    [InlineData("你好，我的狗叫什么名字？")]
    [InlineData("no no no no no no no no no no no")]
    public void Is_SaysSomething_IsNone(string text) => Assert.False(SmallTalk.Is(text, "Ada", "Mira"));
}
