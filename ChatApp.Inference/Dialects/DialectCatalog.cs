using System.Collections.Frozen;
using ChatApp.Inference.Engines;

namespace ChatApp.Inference.Dialects;

/// <summary>Finds the dialect of a kind of engine.</summary>
internal sealed class DialectCatalog(IEnumerable<IDialect> dialects)
{
    private readonly FrozenDictionary<EngineKind, IDialect> _byKind =
        dialects.SelectMany(dialect => dialect.Kinds, (dialect, kind) => (dialect, kind)).ToFrozenDictionary(pair => pair.kind, pair => pair.dialect);

    /// <summary>The dialect of the kind.</summary>
    public IDialect For(EngineKind kind) => _byKind[kind];
}
