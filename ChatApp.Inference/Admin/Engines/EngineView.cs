namespace ChatApp.Inference.Admin.Engines;

/// <summary>An engine as admins see it; its key is never shown.</summary>
internal sealed record EngineView(
    string Name,
    string Kind,
    string Address,
    string Source,
    string? KeyName,
    bool HasKey,
    int? Concurrency,
    string? ApiVersion,
    int Slots,
    string Condition,
    string Message,
    int InFlight,
    int Queued,
    long TokensInFlight,
    bool ManagesModels,
    bool Outside);
