using System.Text;
using ChatApp.Inference;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;
using ChatApp.Inference.Models.Configuration;
using ChatApp.Inference.Placement;
using ChatApp.Tests.Turns;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.Model;

namespace ChatApp.Tests.Inference.Placement;

/// <summary>The policy with engines of a directory and nothing else of the gateway.</summary>
internal sealed class PlacementBench : IDisposable
{
    public const string Model = "a-model";

    public PlacementBench(int engines, int slots, int seed = 1)
    {
        Engines = [.. Enumerable.Range(0, engines).Select(i => Engine(i, slots))];
        var definitions = new ModelDefinitions(Options.Create(new EngineList()), Options.Create(new ConfiguredModels()), new EngineKeys(new ConfigurationBuilder().Build()));
        Directory = new ModelDirectory(new ModelMerge(definitions), NullLogger<ModelDirectory>.Instance);
        Show();
        Loads = new EngineLoads(Directory, Options.Create(new GatewayOptions { MaxQueuePerCaller = 10_000, MaxQueuePerEngine = 10_000 }), Time);
        Kept = new KeptPlacements(Time);
        Policy = new PrefixPolicy(Loads, Kept, new Random(seed));
    }

    public ManualTime Time { get; } = new();

    public List<EngineOptions> Engines { get; }

    public ModelDirectory Directory { get; }

    public EngineLoads Loads { get; }

    public KeptPlacements Kept { get; }

    public PrefixPolicy Policy { get; }

    public static EngineOptions Engine(int number, int slots) => new()
    {
        Name = $"engine-{number}",
        Address = $"http://127.0.0.1:{number + 1}",
        Model = Model,
        Concurrency = slots,
    };

    /// <summary>Makes the directory what <see cref="Engines"/> is.</summary>
    public void Show() => Directory.Set(new ModelSnapshot(1, [.. Engines], [new ModelRoute(Model, [.. Engines.Select(static e => new ModelTarget(e, Model))])]));

    public GatewayCall Call(string? conversation, string caller = "caller", int promptTokens = 100, int answerTokens = 100, string prompt = "[]", CallKind kind = CallKind.Chat)
    {
        var json = Encoding.UTF8.GetBytes($$"""{"model":"{{Model}}","messages":{{prompt}}}""");
        return new GatewayCall
        {
            Kind = kind,
            Body = CallBody.Read(json)!,
            Began = Time.GetTimestamp(),
            Caller = caller,
            Conversation = conversation,
            IsShared = false,
            Deadline = long.MaxValue,
            Model = Directory.Current.Models[0],
            EstimatedInputTokens = promptTokens,
            ExpectedOutputTokens = answerTokens,
        };
    }

    /// <summary>Where the policy sends a call.</summary>
    public EngineOptions Pick(GatewayCall call)
    {
        call.Candidates = Engines.ToDictionary(static e => e.Name, static e => new ModelTarget(e, Model), StringComparer.OrdinalIgnoreCase);
        var context = new DefaultHttpContext();
        context.Features.Set(call);
        var picked = Policy.PickDestination(context, new ClusterState("engines"), [.. Engines.Select(static e => new DestinationState(e.Name))]);
        return call.Candidates[picked!.DestinationId].Engine;
    }

    /// <summary>Notes that the engine answered the call.</summary>
    public void Keep(GatewayCall call, EngineOptions engine)
    {
        Time.Advance(TimeSpan.FromMilliseconds(1));
        Kept.Keep(call.PlacementKey ??= PlacementKey.Of(call), Loads.Of(engine), Time.GetTimestamp());
    }

    public void Dispose()
    {
        Kept.Dispose();
        Loads.Dispose();
    }
}
