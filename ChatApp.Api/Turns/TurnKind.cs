using System.Text.Json.Serialization;

namespace ChatApp.Api.Turns;

/// <summary>What a turn was asked to do.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TurnKind>))]
public enum TurnKind
{
    /// <summary>Answer something new at the end of the conversation.</summary>
    Message,

    /// <summary>Answer another wording of an earlier message, beside which it stands.</summary>
    Edit,

    /// <summary>Write another answer to the same message.</summary>
    Regenerate,

    /// <summary>Go on with an answer that was cut off; the new one begins with its text and takes its place.</summary>
    Continue,
}
