using ChatApp.Api.Memory.Commands;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>Which wordings ask something of the memory, and which only sound so.</summary>
public sealed class MemoryCommandRulesTests
{
    [Theory]
    [InlineData("Remember that I am allergic to nuts.")]
    [InlineData("remember that i like tea")]
    [InlineData("Please remember that my name is Ada")]
    [InlineData("please remember my birthday, it is on 3 May")]
    [InlineData("Remember: the code is 4711.")]
    [InlineData("Remember this: never on Sundays.")]
    [InlineData("Can you please remember that I am vegetarian?")]
    [InlineData("Could you remember that my sister lives in Lisbon.")]
    [InlineData("I want you to remember that I hate olives!")]
    [InlineData("Don't forget that we meet on Tuesday.")]
    [InlineData("don’t forget that I'm left-handed")]
    [InlineData("Please do not forget that Rex died.")]
    [InlineData("Hi! I moved last week. Please remember that I live in Porto now.")]
    [InlineData("Okay, and remember that the key is under the mat.")]
    public void Read_WishToRemember_Pins(string text)
    {
        var command = MemoryCommandRules.Read(text);

        Assert.True(command.Pins);
        Assert.Empty(command.Forget);
    }

    [Theory]
    [InlineData("Forget that my dog is called Brimwick.", "my dog is called Brimwick")]
    [InlineData("forget about my ex", "my ex")]
    [InlineData("Forget my old address", "my old address")]
    [InlineData("Please forget my address.", "my address")]
    [InlineData("Can you please forget that I live in Lisbon?", "I live in Lisbon")]
    [InlineData("I'd like you to forget about the accident.", "the accident")]
    [InlineData("Hey, forget that I own a boat!", "I own a boat")]
    [InlineData("I was wrong. Forget that I like jazz. Sorry!", "I like jazz")]
    [InlineData("Forget that I like jazz, and that I play the flute", "I like jazz", "I play the flute")]
    [InlineData("Forget my boat. Forget my car.", "my boat", "my car")]
    public void Read_WishToForget_NamesWhat(string text, params string[] what)
    {
        var command = MemoryCommandRules.Read(text);

        Assert.Equal(what, command.Forget);
        Assert.False(command.Pins);
        Assert.False(command.ForgetsEverything);
    }

    [Theory]
    [InlineData("Forget everything.")]
    [InlineData("please forget everything you know about me")]
    [InlineData("Forget all about me")]
    [InlineData("forget everything I told you")]
    public void Read_WishToForgetEverything_IsTold(string text)
    {
        var command = MemoryCommandRules.Read(text);

        Assert.True(command.ForgetsEverything);
        Assert.Empty(command.Forget);
    }

    [Theory]
    [InlineData("Do you remember that time in Rome?")]
    [InlineData("Do you remember that my dog is called Brimwick?")]
    [InlineData("Can you remember that song?")]
    [InlineData("Can you remember my name?")]
    [InlineData("Remember that?")]
    [InlineData("Remember that time we went to Rome.")]
    [InlineData("Remember that one night in Paris!")]
    [InlineData("Remember me?")]
    [InlineData("I remember that he laughed.")]
    [InlineData("You remember that I like tea.")]
    [InlineData("She told me to remember that.")]
    [InlineData("If you remember that, tell me.")]
    [InlineData("What do you remember about me?")]
    [InlineData("Forget it")]
    [InlineData("Forget it.")]
    [InlineData("forget that")]
    [InlineData("Forget that!")]
    [InlineData("Forget that, let's talk about cats.")]
    [InlineData("Forget about it.")]
    [InlineData("Never forget.")]
    [InlineData("Never forget that you are loved.")]
    [InlineData("I'll never forget my first day at school.")]
    [InlineData("I forget my keys all the time.")]
    [InlineData("I forgot my umbrella.")]
    [InlineData("Don't forget my birthday!")]
    [InlineData("Don't forget to write.")]
    [InlineData("How could I forget that you sing?")]
    [InlineData("Did you forget my name?")]
    [InlineData("Forget my name already?")]
    [InlineData("Can you forget my name?")]
    [InlineData("You can forget about dinner.")]
    [InlineData("Let's forget about the past.")]
    [InlineData("Forget about the dishes, come and sit with me.")]
    [InlineData("Forget about work, tell me a story.")]
    [InlineData("Forget what I said.")]
    [InlineData("He said: \"Forget my name.\"")]
    [InlineData("“Forget my face,” she whispered.")]
    [InlineData("*Forget my pain* he thinks.")]
    [InlineData("> Forget my number")]
    [InlineData("```\nforget my keys\n```")]
    [InlineData("The song is called `Forget my heart`. Do you know it?")]
    [InlineData("Write a poem that begins with remember that.")]
    [InlineData("A forget-me-not is a flower.")]
    [InlineData("Hello!")]
    [InlineData("")]
    public void Read_AnythingElse_AsksForNothing(string text) => Assert.Equal(MemoryCommand.None, MemoryCommandRules.Read(text));

    [Fact]
    public void Read_PastedText_AsksForNothing() =>
        Assert.Equal(MemoryCommand.None, MemoryCommandRules.Read("Forget my boat. " + new string('x', 2000)));

    [Fact]
    public void Read_ManySentences_IsBounded() =>
        Assert.Equal(5, MemoryCommandRules.Read(string.Concat(Enumerable.Repeat("Forget my boat. ", 20))).Forget.Count);

    [Theory]
    [InlineData("my dog's name", "dog")]
    [InlineData("my dog is called Brimwick", "dog brimwick")]
    [InlineData("I asked", "")]
    [InlineData("I said anything", "")]
    [InlineData("I told you about Lisbon", "lisbon")]
    public void Of_WhatIsNamed_KeepsWhatTells(string what, string expected)
    {
        // What Postgres takes out as stop words of the language stays here.
        string[] stopWords = ["my", "is", "i", "you", "dog's"];
        var words = TellingWords.Of(what).ToLowerInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(expected, string.Join(' ', words.Select(static w => w is "dog's" ? "dog" : w).Except(stopWords)));
    }
}
