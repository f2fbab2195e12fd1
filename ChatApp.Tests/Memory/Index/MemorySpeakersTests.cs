using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using Xunit;

namespace ChatApp.Tests.Memory.Index;

public sealed class MemorySpeakersTests
{
    [Theory]
    [InlineData("What is Ada's dog called?", MemorySpeaker.User)]
    [InlineData("Where did Lovelace go", MemorySpeaker.User)]
    [InlineData("Did Mira’s ship sink?", MemorySpeaker.Character)]
    [InlineData("What is my dog called?", MemorySpeaker.User)]
    [InlineData("What is your ship called?", MemorySpeaker.Character)]
    [InlineData("What did I tell you?", null)]
    [InlineData("Do Ada and Mira know each other?", null)]
    [InlineData("Is an adagio slow?", null)]
    [InlineData("What about the dog?", null)]
    public void Favoured_Question_SaysWhoIsMeant(string question, MemorySpeaker? expected)
    {
        var (speaker, factor) = MemorySpeakers.Favoured(question.Split(' '), "Ada Lovelace", "Mira");

        Assert.Equal(expected, speaker);
        Assert.Equal(expected is null, factor == 1);
    }
}
