namespace ChatApp.Inference.Engines;

/// <summary>What is known of one engine.</summary>
internal sealed class EngineRecord(EngineOptions engine, TimeProvider time)
{
    public EngineOptions Engine { get; } = engine;

    public EngineCircuit Circuit { get; } = new(time);

    /// <summary>What it said when it was last asked, or what the last call showed; null before both.</summary>
    public EngineState? State { get; set; }

    /// <summary>When it was last asked, in the clock's timestamps.</summary>
    public long AskedAt { get; set; }

    /// <summary>Whether <see cref="State"/> is an answer to a question, and not what a call showed.</summary>
    public bool IsAnswer { get; set; }

    /// <summary>Whether the answer is not to be used again.</summary>
    public bool IsStale { get; set; }

    /// <summary>The question that is under way.</summary>
    public Task<EngineState>? Asking { get; set; }

    /// <summary>When it is to be asked next, in the clock's timestamps.</summary>
    public long DueAt { get; set; }

    /// <summary>Whether it is still the engine of these options; if not, what was known of it says nothing.</summary>
    public bool IsFor(EngineOptions other) => ReferenceEquals(Engine, other)
        || (Engine.Kind == other.Kind && Engine.Address == other.Address && Engine.Key == other.Key && Engine.Model == other.Model);
}
