using System.Text.Json.Serialization;

namespace ChatApp.Api.Memory.Index;

/// <summary>How the index is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MemoryIndexState>))]
public enum MemoryIndexState
{
    /// <summary>It has everything.</summary>
    Ready,

    /// <summary>It is being built again.</summary>
    Rebuilding,

    /// <summary>It has not been told of the newest changes yet.</summary>
    Behind,

    /// <summary>It does not answer.</summary>
    Unavailable,
}
