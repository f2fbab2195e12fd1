namespace ChatApp.Inference.Admin.Models;

/// <summary>A target as admins see and write it. Prices are for a million tokens.</summary>
internal sealed record TargetView(
    string Engine,
    string? Model = null,
    int Priority = 0,
    decimal? InputPrice = null,
    decimal? CachedInputPrice = null,
    decimal? OutputPrice = null,
    int? ContextTokens = null,
    IReadOnlyList<string>? Capabilities = null);
