using ChatApp.Inference.Admission;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Tests.Inference.Admission;

namespace ChatApp.Tests.Inference.Placement;

/// <summary>People who talk with four engines that cache prompts, event by event, in no real time. The policy, the loads and the queues are the gateway's.</summary>
internal sealed class PlacementSimulation : IDisposable
{
    /// <summary>Tokens of a person's message.</summary>
    public const int Said = 80;

    private const int Slots = 8;
    private const int Opening = 400;
    private const int Answer = 120;

    // Room for about twice the conversations that would be an engine's share.
    private const long Cache = 150_000;

    private readonly Random _random;
    private readonly Func<PlacementSimulation, GatewayCall, EngineOptions> _pick;
    private readonly PriorityQueue<Action, (TimeSpan At, int Order)> _events = new();
    private readonly Dictionary<string, FakeEngine> _caches = [];
    private readonly List<(WaitingCall Waiting, Action Begin, Action Again)> _waiting = [];
    private TimeSpan _now;
    private int _order;

    public PlacementSimulation(Func<PlacementSimulation, GatewayCall, EngineOptions> pick, int seed, int engines = 4)
    {
        _pick = pick;
        _random = new Random(seed);
        Bench = new PlacementBench(engines, Slots, seed);
        Bench.Engines.ForEach(engine => _caches.Add(engine.Name, new FakeEngine(Cache)));
    }

    public PlacementBench Bench { get; }

    /// <summary>Each turn after a conversation's first, in the order of asking.</summary>
    public List<SimulatedTurn> Turns { get; } = [];

    /// <summary>The most that an engine was above 1.25 times its share and the largest call, in tokens, when it was given a call while all had more than a few; at most 0.</summary>
    public double WorstExcess { get; private set; } = double.NegativeInfinity;

    /// <summary>How much one tenant has of all conversations.</summary>
    public double HotShare { get; init; }

    public void Run(int conversations, int turns, TimeSpan thinking)
    {
        for (var i = 0; i < conversations; i++)
        {
            var caller = i < conversations * HotShare ? "hot" : $"caller {i % 40}";
            var name = $"{caller}/{i}";
            At(thinking * _random.NextDouble(), () => Ask(caller, name, 1, turns, thinking));
        }

        while (_events.TryDequeue(out var next, out var key))
        {
            Bench.Time.Advance(key.At - _now);
            _now = key.At;
            next();
        }
    }

    /// <summary>An engine goes down, or another one comes.</summary>
    public void Change(Action<List<EngineOptions>> change, TimeSpan after) => At(after, () =>
    {
        change(Bench.Engines);
        Bench.Engines.ForEach(engine => _caches.TryAdd(engine.Name, new FakeEngine(Cache)));
        Bench.Show();
        Settle();
    });

    public void Dispose() => Bench.Dispose();

    private void At(TimeSpan after, Action what) => _events.Enqueue(what, (_now + after, _order++));

    private void Ask(string caller, string conversation, int turn, int turns, TimeSpan thinking)
    {
        var prompt = Opening + ((turn - 1) * (Said + Answer)) + Said;
        var call = Bench.Call(conversation, caller, prompt, Answer);
        var engine = _pick(this, call);
        var queue = Bench.Loads.Of(engine).Queue;
        if (queue.Enter(caller, call.ExpectedTokens, out var waiting) == Admittance.Entered)
        {
            Begin();
        }
        else
        {
            _waiting.Add((waiting!, Begin, () => Ask(caller, conversation, turn, turns, thinking)));
        }

        Measure(engine);

        void Begin()
        {
            var cache = _caches[engine.Name];
            var cached = cache.Cached(conversation, prompt);
            if (turn > 1)
            {
                Turns.Add(new SimulatedTurn(_now, conversation, turn, prompt, cached, engine.Name));
            }

            cache.Read(conversation, prompt);
            var time = FakeEngine.Time(prompt - cached, Answer);
            At(time, () =>
            {
                cache.Read(conversation, prompt + Answer);
                queue.Leave(call.ExpectedTokens, time);
                Bench.Keep(call, engine);
                Settle();
                if (turn < turns)
                {
                    At(thinking * -Math.Log(1 - _random.NextDouble()), () => Ask(caller, conversation, turn + 1, turns, thinking));
                }
            });
        }
    }

    // Those whose turn it is begin; those that were sent away are placed again.
    private void Settle()
    {
        foreach (var ready in _waiting.Where(static w => w.Waiting.Task.IsCompleted).ToList())
        {
            _waiting.Remove(ready);
            (ready.Waiting.Outcome() == Admittance.Entered ? ready.Begin : ready.Again)();
        }
    }

    private void Measure(EngineOptions placed)
    {
        var loads = Bench.Engines.ConvertAll(engine => Bench.Loads.Of(engine));
        var given = Bench.Loads.Of(placed);
        if (loads.TrueForAll(static load => load.InFlight + load.Queued >= 4))
        {
            var largest = Opening + (8 * (Said + Answer));
            WorstExcess = Math.Max(WorstExcess, given.TokensInFlight - (1.25 * loads.Average(static load => load.TokensInFlight)) - largest);
        }
    }
}
