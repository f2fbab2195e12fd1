namespace ChatApp.Inference.Engines;

/// <summary>What can be expected of an engine now.</summary>
public enum EngineCondition
{
    /// <summary>It answers; or nothing else is known.</summary>
    Ready,

    /// <summary>It is there, but still loads its model.</summary>
    Loading,

    /// <summary>It does not answer, or cannot serve its model.</summary>
    Down,

    /// <summary>It failed too often, and is left alone for a moment.</summary>
    Resting,
}
