using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation;

/// <summary>How much of a category a text has.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModerationLevel>))]
public enum ModerationLevel
{
    /// <summary>Nothing of it.</summary>
    None,

    /// <summary>It is mentioned.</summary>
    Low,

    /// <summary>It is what the text is about.</summary>
    Medium,

    /// <summary>It is explicit, urged, or meant.</summary>
    High,
}
