using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation;

/// <summary>Where a text comes from.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModerationSource>))]
public enum ModerationSource
{
    /// <summary>A person's message.</summary>
    Message,

    /// <summary>A model's answer.</summary>
    Answer,

    /// <summary>A name or a title that others may see.</summary>
    Name,

    /// <summary>A memory that a person wrote.</summary>
    Memory,

    /// <summary>A document that was uploaded.</summary>
    Document,
}
