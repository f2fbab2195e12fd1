using System.Text.Json.Serialization;

namespace ChatApp.Api.Memory;

/// <summary>Where a memory comes from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MemoryKind>))]
public enum MemoryKind
{
    /// <summary>A message, word for word.</summary>
    Message,

    /// <summary>Something that the person wrote or rewrote themselves.</summary>
    Note,

    /// <summary>Something that a model drew from a message.</summary>
    Fact,
}
