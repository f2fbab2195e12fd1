using System.Text.Json.Serialization;

namespace ChatApp.Api.Memory;

/// <summary>Who said it.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MemorySpeaker>))]
public enum MemorySpeaker
{
    /// <summary>The person.</summary>
    User,

    /// <summary>The character.</summary>
    Character,
}
