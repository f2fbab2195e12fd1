using ChatApp.Api.Conversations;
using ChatApp.Api.Prompting;
using Xunit;

namespace ChatApp.Tests.Prompting;

public sealed class HistoryWindowTests
{
    [Fact]
    public void Trim_EverythingFits_KeepsEverything() => Assert.Equal(9, HistoryWindow.Trim(Path(9), 1000, 1).Count());

    [Fact]
    public void Trim_TooMuch_BeginsAtABlockWithThePerson()
    {
        var kept = HistoryWindow.Trim(Path(61), 300, 1).ToList();

        Assert.Equal(0, kept[0].Depth % HistoryWindow.Block);
        Assert.Equal(MessageRole.User, kept[0].Role);
        Assert.Equal(60, kept[^1].Depth);
        Assert.InRange(kept.Count * 10, 220, 300);
    }

    [Fact]
    public void Trim_GrowingConversation_MovesItsBeginningRarely()
    {
        var begins = Enumerable.Range(20, 40).Select(static turn => HistoryWindow.Trim(Path((turn * 2) + 1), 300, 1).First().Depth).ToList();

        // 40 turns are 80 messages: the beginning moves once in 8 of them, not with every turn.
        Assert.InRange(begins.Distinct().Count(), 9, 11);
        Assert.Equal(begins.Order(), begins);
    }

    [Fact]
    public void Trim_NewestMessageAloneTooLong_KeepsIt()
    {
        var kept = HistoryWindow.Trim(Path(5), 3, 1).ToList();

        Assert.Equal(4, Assert.Single(kept).Depth);
    }

    [Fact]
    public void Trim_FewLongMessages_StillBeginsWithThePerson()
    {
        var kept = HistoryWindow.Trim(Path(41), 45, 1).ToList();

        Assert.Equal(MessageRole.User, kept[0].Role);
        Assert.InRange(kept.Count, 3, 4);
    }

    // Alternating messages of ten characters, as many as given.
    private static List<HistoryMessage> Path(int count) =>
    [
        .. Enumerable.Range(0, count).Select(static depth => new HistoryMessage
        {
            Depth = depth,
            Role = depth % 2 == 0 ? MessageRole.User : MessageRole.Assistant,
            Text = "0123456789",
        }),
    ];
}
