using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation;

/// <summary>What is done about a text, from the least to the most.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModerationAction>))]
public enum ModerationAction
{
    /// <summary>Nothing.</summary>
    Allow,

    /// <summary>A moderator looks at it; nobody is held up.</summary>
    Flag,

    /// <summary>What offends is covered, the rest stays.</summary>
    Redact,

    /// <summary>It goes nowhere.</summary>
    Block,
}
