using System.ClientModel;
using ChatApp.Api.Models;
using Xunit;

namespace ChatApp.Tests.Models;

public sealed class EngineFailureTests
{
    [Fact]
    public void From_NoConnection_IsTransient()
    {
        var failure = EngineFailure.From(new ClientResultException("refused", null, new HttpRequestException("refused")));

        Assert.Equal("engine_unavailable", failure!.Code);
        Assert.True(failure.IsTransient);
    }

    [Fact]
    public void From_SilentConnection_IsATimeout() =>
        Assert.Equal("timeout", EngineFailure.From(new TimeoutException("nothing came"))!.Code);

    [Fact]
    public void From_MistakeOfOurs_IsNotTheEngines() => Assert.Null(EngineFailure.From(new InvalidOperationException()));

    [Fact]
    public void From_ConnectionCutInMidAnswer_IsTransient() => Assert.True(EngineFailure.From(new IOException("reset"))!.IsTransient);
}
