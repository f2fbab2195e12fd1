using ChatApp.Inference.Admission;
using Xunit;

namespace ChatApp.Tests.Inference.Admission;

/// <summary>Whatever happens at an engine in whatever order: nobody is lost, never too many are inside, and turns are fair.</summary>
public sealed class EngineQueueModelTests
{
    private const int Steps = 20_000;
    private const int LargestCall = 50;

    private readonly List<(string Caller, int Tokens)> _inside = [];
    private readonly List<(string Caller, WaitingCall Call)> _waiting = [];

    // Tokens given to each caller since it last had nothing waiting.
    private readonly Dictionary<string, long> _given = [];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0)]
    public void Queue_RandomSteps_IsWhatTheModelSays(int seed)
    {
        seed = seed == 0 ? Random.Shared.Next() : seed;
        TestContext.Current.TestOutputHelper!.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var slots = 3;
        var bounds = new QueueBounds(60, 12);
        var queue = new EngineQueue(slots, bounds);
        for (var step = 0; step < Steps; step++)
        {
            switch (random.Next(20))
            {
                case < 9:
                    Enter(queue, slots, bounds, $"caller {Math.Min(random.Next(8), random.Next(8))}", random.Next(1, LargestCall + 1));
                    break;
                case < 17 when _inside.Count > 0:
                    var at = random.Next(_inside.Count);
                    queue.Leave(_inside[at].Tokens, TimeSpan.FromSeconds(1));
                    _inside.RemoveAt(at);
                    break;
                case 17 or 18 when _waiting.Count > 0:
                    var left = _waiting[random.Next(_waiting.Count)];
                    left.Call.GiveUp(Admittance.CallerLeft);
                    Assert.Equal(Admittance.CallerLeft, left.Call.Outcome());
                    _waiting.Remove(left);
                    break;
                case 19 when random.Next(50) == 0:
                    queue.SendAway();
                    Assert.All(_waiting, static w => Assert.Equal(Admittance.EngineGone, w.Call.Outcome()));
                    _waiting.Clear();
                    break;
                case 19 when random.Next(10) == 0:
                    slots = random.Next(1, 6);
                    queue.Resize(slots);
                    break;
                default:
                    break;
            }

            Admit(slots);
            Assert.Equal((_inside.Count, _waiting.Count), (queue.InFlight, queue.Queued));
            Assert.Equal(_inside.Sum(static i => (long)i.Tokens) + _waiting.Sum(static w => (long)w.Call.Tokens), queue.Tokens);
            Assert.True(_waiting.Count == 0 || _inside.Count >= slots, "A place is free and somebody waits.");
            CheckFairness();
        }

        // All that wait get a place in the end.
        while (_waiting.Count > 0)
        {
            queue.Leave(_inside[0].Tokens, TimeSpan.FromSeconds(1));
            _inside.RemoveAt(0);
            Admit(slots);
        }
    }

    private void Enter(EngineQueue queue, int slots, QueueBounds bounds, string caller, int tokens)
    {
        var ofCaller = _waiting.Count(w => w.Caller == caller);
        var expected = _waiting.Count == 0 && _inside.Count < slots ? Admittance.Entered
            : _waiting.Count >= bounds.Calls ? Admittance.QueueFull
            : ofCaller >= bounds.CallsPerCaller ? Admittance.CallerFull
            : Admittance.Waiting;
        Assert.Equal(expected, queue.Enter(caller, tokens, out var call));
        Assert.Equal(expected == Admittance.Waiting, call is not null);
        if (call is not null)
        {
            _waiting.Add((caller, call));
        }
        else if (expected == Admittance.Entered)
        {
            _inside.Add((caller, tokens));
        }
    }

    // Those whose turn it was, the first of a caller before its second.
    private void Admit(int slots)
    {
        foreach (var caller in _waiting.Select(static w => w.Caller).Distinct().ToList())
        {
            var calls = _waiting.Where(w => w.Caller == caller).ToList();
            var entered = calls.TakeWhile(static w => w.Call.Task.IsCompleted).ToList();
            Assert.All(calls.Skip(entered.Count), static w => Assert.False(w.Call.Task.IsCompleted));
            foreach (var (_, call) in entered)
            {
                Assert.Equal(Admittance.Entered, call.Outcome());
                _inside.Add((caller, call.Tokens));
                _given[caller] = _given.GetValueOrDefault(caller) + call.Tokens;
                Assert.True(_inside.Count <= slots, "There are more inside than places.");
            }

            _waiting.RemoveAll(w => w.Caller == caller && w.Call.Task.IsCompleted);
        }
    }

    // While two callers wait all the time, what they are given differs by one call of each at most (Goyal et al., theorem 1).
    private void CheckFairness()
    {
        var names = _waiting.Select(static w => w.Caller).ToHashSet();
        if (!names.SetEquals(_given.Keys))
        {
            _given.Clear();
            foreach (var name in names)
            {
                _given.Add(name, 0);
            }
        }

        if (_given.Count > 0)
        {
            Assert.InRange(_given.Values.Max() - _given.Values.Min(), 0, 2 * LargestCall);
        }
    }
}
