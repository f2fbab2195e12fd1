namespace ChatApp.Api.Memory.Index;

/// <summary>What changed in a scope, all as of one moment.</summary>
/// <param name="At">The scope at that moment.</param>
/// <param name="Rows">The memories that are new or different.</param>
/// <param name="Removals">The memories that went, each with the version at which.</param>
internal sealed record EmbeddedChanges(ScopeVersion At, IReadOnlyList<EmbeddedRow> Rows, IReadOnlyList<EmbeddedRemoval> Removals);
