namespace ChatApp.Inference.Metering;

/// <summary>What a report of usage tells apart.</summary>
[Flags]
internal enum UsageGrouping
{
    /// <summary>Nothing: one line.</summary>
    None = 0,

    /// <summary>Days.</summary>
    Day = 1,

    /// <summary>Models.</summary>
    Model = 2,

    /// <summary>Engines.</summary>
    Engine = 4,

    /// <summary>Callers.</summary>
    Caller = 8,
}
