using System.Text;
using ChatApp.Bench.Gateway.Load;
using Xunit;

namespace ChatApp.Tests.Bench;

/// <summary>What counts tokens for the gateway's figures has to count right, however the network cuts them.</summary>
public sealed class AnswerReaderTests
{
    private const string Three = "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"},\"finish_reason\":null}]}\n\n" + Zero + One + Two + End;
    private const string Zero = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"t1795254942338955#0;\"},\"finish_reason\":null}]}\n\n";
    private const string One = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"t1795254942436720#1;\"},\"finish_reason\":null}]}\r\n\r\n";
    private const string Two = ": ping\n\ndata:{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"t1795254942536503#2;\"},\"finish_reason\":null}]}\n\n";
    private const string Finish = "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
    private const string End = Finish + "data: [DONE]\n\n";

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100_000)]
    public void Take_ChunksCutAnywhere_ReadsEveryTokenOnce(int cut)
    {
        var (reader, order) = Read(Chunked(Three, 40) + "HTTP/1.1 500 not of this answer", 3, cut);

        Assert.True(reader.IsOver);
        Assert.Equal(200, reader.Status);
        Assert.False(reader.Closes);
        Assert.True(order.IsWhole);
        Assert.Equal(3, order.Count);
    }

    [Fact]
    public void Take_Length_EndsThere()
    {
        var (reader, order) = Read($"HTTP/1.1 200 OK\r\ncontent-length: {Three.Length}\r\nConnection: close\r\n\r\n{Three}", 3, 50);

        Assert.True(reader.IsOver);
        Assert.True(reader.Closes);
        Assert.True(order.IsWhole);
    }

    [Fact]
    public void Take_NoLength_IsNotOverBeforeTheConnection()
    {
        var (reader, order) = Read($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n{Three}", 3, 50);

        Assert.False(reader.IsOver);
        Assert.True(order.IsWhole);
    }

    [Fact]
    public void Take_TokenLost_IsNotWhole()
    {
        var (_, order) = Read(Chunked(Zero + Two + End, 30), 3, 30);

        Assert.Equal(1, order.Skipped);
        Assert.Equal(0, order.Missing);
        Assert.False(order.IsWhole);
    }

    [Fact]
    public void Take_TokenTwice_IsNotWhole()
    {
        var (_, order) = Read(Chunked(Zero + One + One + Two + End, 30), 3, 30);

        Assert.Equal(1, order.Repeated);
        Assert.Equal(4, order.Count);
        Assert.False(order.IsWhole);
    }

    [Fact]
    public void Take_EndMissing_CountsWhatIsLost()
    {
        var (_, order) = Read(Chunked(Zero + End, 30), 3, 30);

        Assert.Equal(2, order.Missing);
        Assert.False(order.IsWhole);
    }

    [Theory]
    [InlineData(Zero + Finish)]
    [InlineData(Zero + "data: [DONE]\n\n")]
    [InlineData(Zero + "data: {\"choices\":[{\"del\n\n" + End)]
    [InlineData(Zero + "data: {\"error\":{\"message\":\"no\"}}\n\n" + End)]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"something else\"}}]}\n\n" + Zero + End)]
    public void Take_BadEnd_IsNotWhole(string body)
    {
        var (_, order) = Read(Chunked(body, 30), 1, 30);

        Assert.False(order.IsWhole);
    }

    [Fact]
    public void Take_NoHttp_Throws() => Assert.Throws<InvalidDataException>(() => Read("SSH-2.0-OpenSSH_9.2p1\r\n", 1, 100));

    [Fact]
    public void Token_LaterThanItsPace_IsLate()
    {
        var arrivals = new Arrivals(latestGap: 200_000);
        var order = new TokenOrder(3, arrivals);

        order.TakeLine(Encoding.ASCII.GetBytes(Zero.TrimEnd()), 1795254942339000);
        order.TakeLine(Encoding.ASCII.GetBytes(One.TrimEnd()), 1795254942439000);
        order.TakeLine("data:{\"choices\":[{\"delta\":{\"content\":\"t1795254942536503#2;\"}}]}"u8, 1795254942640000);

        Assert.Equal(3, arrivals.Tokens);
        Assert.Equal(1, arrivals.Late);
        Assert.Equal(100.1, arrivals.Gaps.At(0.5));
        Assert.Equal(103.5, arrivals.Delays.At(1));
    }

    private static (AnswerReader Reader, TokenOrder Order) Read(string answer, int expected, int cut)
    {
        var order = new TokenOrder(expected);
        var reader = new AnswerReader();
        reader.Begin(order);
        foreach (var part in Encoding.ASCII.GetBytes(answer).Chunk(cut))
        {
            reader.Take(part, 0);
        }

        return (reader, order);
    }

    private static string Chunked(string body, int size)
    {
        var text = new StringBuilder("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
        foreach (var part in body.Chunk(size))
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{part.Length:x}\r\n{new string(part)}\r\n");
        }

        return text.Append("0\r\n\r\n").ToString();
    }
}
