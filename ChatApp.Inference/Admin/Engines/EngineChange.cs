namespace ChatApp.Inference.Admin.Engines;

/// <summary>What an admin makes of an engine. A key is named, never sent.</summary>
internal sealed record EngineChange(string Kind, string Address, string? KeyName = null, int? Concurrency = null, string? ApiVersion = null);
