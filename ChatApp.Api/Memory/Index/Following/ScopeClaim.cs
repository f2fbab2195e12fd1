namespace ChatApp.Api.Memory.Index.Following;

/// <summary>A scope that this process alone works on for a while.</summary>
/// <param name="Work">What it does there.</param>
/// <param name="Scope">The scope.</param>
/// <param name="Fence">Higher than that of everybody who had it before.</param>
internal sealed record ScopeClaim(string Work, MemoryScope Scope, long Fence);
