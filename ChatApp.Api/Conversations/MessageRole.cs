using System.Text.Json.Serialization;

namespace ChatApp.Api.Conversations;

/// <summary>Who wrote a message.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageRole>))]
public enum MessageRole
{
    /// <summary>The person.</summary>
    User,

    /// <summary>The character.</summary>
    Assistant,
}
