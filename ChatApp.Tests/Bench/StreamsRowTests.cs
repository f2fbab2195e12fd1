using System.Net;
using ChatApp.Bench.Gateway;
using ChatApp.Bench.Gateway.Stage;
using Xunit;

namespace ChatApp.Tests.Bench;

/// <summary>Which rows count as held.</summary>
public sealed class StreamsRowTests
{
    [Fact]
    public void Holds_NothingWrong_IsTrue() => Assert.True(Row().Holds);

    [Fact]
    public void Holds_AnythingWrong_IsFalse()
    {
        Assert.False((Row() with { Failed = 1 }).Holds);
        Assert.False((Row() with { Lost = 1 }).Holds);
        Assert.False((Row() with { Repeated = 1 }).Holds);
        Assert.False((Row() with { GapP99 = 200.1 }).Holds);
        Assert.False((Row() with { FirstP99 = 1000.1 }).Holds);
    }

    [Fact]
    public void IsBoundByLoad_MeasuringSideFull_IsTrue() => Assert.True((Row() with { LoadShare = 0.96 }).IsBoundByLoad);

    private static StreamsRow Row() => new(new Target(Target.Gateway, "gateway", new IPEndPoint(IPAddress.Loopback, 1), null!), 100, 0, null, 0, 0, 5)
    {
        FirstP99 = 1000,
        GapP50 = 100,
        GapP99 = 200,
        DelayP50 = 1,
        DelayP99 = 5,
        CpuMicroseconds = 30,
        CoreShare = 0.3,
        LoadShare = 0.3,
        Bytes = 1,
    };
}
