using System.Text.Json.Serialization;

namespace ChatApp.Api.Conversations;

/// <summary>How far a message is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<MessageStatus>))]
public enum MessageStatus
{
    /// <summary>An answer that waits to be written; one that continues another has that one's text already.</summary>
    Pending,

    /// <summary>An answer being written; the text is what was saved last, at most about a second ago.</summary>
    Streaming,

    /// <summary>Whole.</summary>
    Complete,

    /// <summary>Ended by the person; the text is what had been written until then.</summary>
    Stopped,

    /// <summary>Ended by an error, which the message names.</summary>
    Failed,

    /// <summary>Something said that was not sent on: only who said it sees its text, while it is kept.</summary>
    Blocked,
}
