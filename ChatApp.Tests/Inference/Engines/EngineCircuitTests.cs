using ChatApp.Inference.Engines;
using ChatApp.Tests.Turns;
using Xunit;

namespace ChatApp.Tests.Inference.Engines;

public sealed class EngineCircuitTests
{
    private readonly ManualTime _time = new();
    private readonly EngineCircuit _circuit;

    public EngineCircuitTests() => _circuit = new EngineCircuit(_time);

    [Fact]
    public void Fail_FewerThanTheThreshold_StaysClosed()
    {
        FailTimes(EngineCircuit.Threshold - 1);
        Assert.False(_circuit.IsOpen);

        _circuit.Close();
        FailTimes(EngineCircuit.Threshold - 1);

        Assert.False(_circuit.IsOpen);
    }

    [Fact]
    public void Fail_ThresholdInARow_RestsLongerEachTime()
    {
        FailTimes(EngineCircuit.Threshold);
        Assert.Equal((true, 2), (_circuit.IsOpen, _circuit.Rest.TotalSeconds));

        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.False(_circuit.IsOpen);
        FailTimes(1);
        Assert.Equal((true, 4), (_circuit.IsOpen, _circuit.Rest.TotalSeconds));

        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            FailTimes(1);
        }

        Assert.Equal(60, _circuit.Rest.TotalSeconds);
    }

    [Theory]
    [InlineData(true, 0, 2)]
    [InlineData(true, 7, 7)]
    [InlineData(true, 3600, 60)]
    public void Fail_AtOnce_RestsAfterOne(bool atOnce, int atLeast, int expected)
    {
        _circuit.Fail(atOnce, TimeSpan.FromSeconds(atLeast));

        Assert.Equal((true, expected), (_circuit.IsOpen, _circuit.Rest.TotalSeconds));
    }

    [Fact]
    public void Begin_AfterARest_LetsOneCallTry()
    {
        FailTimes(EngineCircuit.Threshold);
        _time.Advance(TimeSpan.FromSeconds(2));

        _circuit.Begin();
        Assert.True(_circuit.IsOpen);

        _circuit.Answering();
        Assert.False(_circuit.IsOpen);

        // It has a first token, but if that answer breaks off too the engine rests again.
        FailTimes(1);
        Assert.True(_circuit.IsOpen);
    }

    [Fact]
    public void Begin_TrialTellsNothing_AnotherMayTry()
    {
        FailTimes(EngineCircuit.Threshold);
        _time.Advance(TimeSpan.FromSeconds(2));

        _circuit.Begin();
        _circuit.Withdraw();
        Assert.False(_circuit.IsOpen);

        _circuit.Begin();
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.False(_circuit.IsOpen);
    }

    private void FailTimes(int times)
    {
        for (var i = 0; i < times; i++)
        {
            _circuit.Fail(atOnce: false, TimeSpan.Zero);
        }
    }
}
