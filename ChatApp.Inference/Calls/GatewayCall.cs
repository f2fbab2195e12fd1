using ChatApp.Inference.Attempts;
using ChatApp.Inference.Metering;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Calls;

/// <summary>One call on its way through the gateway: what was asked, what was decided, what it took. A feature of its request.</summary>
internal sealed class GatewayCall
{
    /// <summary>What is asked for.</summary>
    public required CallKind Kind { get; init; }

    /// <summary>The body as the caller sent it.</summary>
    public required CallBody Body { get; init; }

    /// <summary>Whether the answer is to be a stream of events.</summary>
    public bool Streams => Body.Streams && Kind is not CallKind.Embedding;

    /// <summary>When the call arrived, in the clock's timestamps.</summary>
    public required long Began { get; init; }

    /// <summary>On whose behalf; empty when the caller does not say.</summary>
    public required string Caller { get; init; }

    /// <summary>What it has in common with other calls; null when the caller does not say.</summary>
    public required string? Conversation { get; init; }

    /// <summary>Whether its answer may be given to others too.</summary>
    public required bool IsShared { get; init; }

    /// <summary>Whether what is sent must not leave the operator's own machines.</summary>
    public bool StaysInside { get; init; }

    /// <summary>When there must have been a first byte, in the clock's timestamps.</summary>
    public required long Deadline { get; init; }

    /// <summary>The model as the caller named it.</summary>
    public string RequestedModel => Body.Model;

    /// <summary>The model that answers: the one named, or what a virtual one was resolved to.</summary>
    public required ModelRoute Model { get; set; }

    /// <summary>For a call of a virtual model: how hard its newest message is, 0 to 1; null for any other.</summary>
    public double? Complexity { get; set; }

    /// <summary>Tokens of the prompt, estimated from its bytes.</summary>
    public required int EstimatedInputTokens { get; init; }

    /// <summary>Tokens of the answer that are to be expected.</summary>
    public required int ExpectedOutputTokens { get; init; }

    /// <summary>Tokens that it is expected to take, prompt and answer; an embedding has no answer.</summary>
    public int ExpectedTokens => Kind == CallKind.Embedding ? EstimatedInputTokens : EstimatedInputTokens + ExpectedOutputTokens;

    /// <summary>What it has in common with calls that begin alike; null before it was asked for.</summary>
    public UInt128? PlacementKey { get; set; }

    /// <summary>The targets of the chain's step that may be tried now, by the engine's name.</summary>
    public IReadOnlyDictionary<string, ModelTarget> Candidates { get; set; } = new Dictionary<string, ModelTarget>();

    /// <summary>Whether another target is ready, should the one that is tried now fail.</summary>
    public bool HasAnother { get; set; }

    /// <summary>Every try so far, the running one last.</summary>
    public List<CallAttempt> Attempts { get; } = [];

    /// <summary>The target that is being tried, or that answered.</summary>
    public ModelTarget? Target => Attempts is [.., var last] ? last.Target : null;

    /// <summary>How the target was chosen: <c>kept</c>, <c>hashed</c>, <c>spilled</c>, <c>only</c> …</summary>
    public string Placed { get; set; } = "only";

    /// <summary>How long it waited for a place at engines, all tries together.</summary>
    public TimeSpan Queued { get; set; }

    /// <summary>What it took.</summary>
    public CallUsage Usage { get; } = new();

    /// <summary>Whether the answer came from the cache.</summary>
    public bool IsFromCache { get; set; }

    /// <summary>What it is charged with, once it has ended; nothing when it got no further than the budget.</summary>
    public CallCharge Charge { get; set; }

    /// <summary>Whether it was refused because the caller's budget is used up.</summary>
    public bool IsOverBudget { get; set; }

    /// <summary>The call of a request.</summary>
    /// <exception cref="InvalidOperationException">The request asks no engine.</exception>
    public static GatewayCall Of(HttpContext context) =>
        context.Features.Get<GatewayCall>() ?? throw new InvalidOperationException("This request has not been read as a call.");
}
