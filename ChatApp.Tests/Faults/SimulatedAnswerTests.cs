using ChatApp.EngineSimulator;
using Xunit;

namespace ChatApp.Tests.Faults;

public sealed class SimulatedAnswerTests
{
    [Fact]
    public void For_SameId_SameAnswerWhateverIsAround() =>
        Assert.Equal(SimulatedAnswer.For("[id=a tokens=50]").Text, SimulatedAnswer.For("An [link](#x) and earlier: [id=b]\n\nHello [id=a tokens=50 rate=3] you").Text);

    [Fact]
    public void For_LongAnswer_HasPairsLineBreaksAndQuotes()
    {
        var text = SimulatedAnswer.For("[id=a tokens=300]").Text;

        Assert.Contains(text, char.IsSurrogate);
        Assert.Contains('\n', text);
        Assert.Contains('"', text);
        Assert.NotEqual(text, SimulatedAnswer.For("[id=c tokens=300]").Text);
    }

    [Fact]
    public void After_EveryPrefix_GoesOnRightBehindIt()
    {
        var answer = SimulatedAnswer.For("[id=a tokens=40]");
        var tokens = answer.Tokens().ToArray();
        for (var length = 0; length <= answer.Text.Length; length++)
        {
            var (token, characters) = answer.After(answer.Text[..length])!.Value;

            Assert.Equal(answer.Text[length..], string.Concat(tokens[token..])[characters..]);
        }

        Assert.Null(answer.After("another beginning"));
        Assert.Null(answer.After(answer.Text + "!"));
    }

    [Fact]
    public void Parse_AllSettings_AreRead() => Assert.Equal(
        new SimulatedQuestion("q", 200, 50.5, 0, Fault.HangMid, 2, true),
        SimulatedQuestion.Parse("hi [id=q tokens=200 rate=50.5 first=0 fault=hang-mid faults=2 stamp]"));
}
