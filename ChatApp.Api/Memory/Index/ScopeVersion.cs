using System.Runtime.InteropServices;

namespace ChatApp.Api.Memory.Index;

/// <summary>A scope as a reader found it at one moment.</summary>
/// <param name="Version">Its version; null when there is no such scope.</param>
/// <param name="CreatedAt">When it was made: a scope that was wiped and made anew counts from 1 again.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ScopeVersion(long? Version, DateTimeOffset CreatedAt)
{
    /// <summary>Whether who knows this knows all of the other; of a scope that is gone there is no more to know.</summary>
    public bool IsAtLeast(ScopeVersion other) =>
        Version is null || CreatedAt > other.CreatedAt || (CreatedAt == other.CreatedAt && Version >= other.Version);
}
