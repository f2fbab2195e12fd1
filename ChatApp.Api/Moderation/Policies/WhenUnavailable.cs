using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>What is done about a text that a detector could not judge because it was away.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<WhenUnavailable>))]
public enum WhenUnavailable
{
    /// <summary>The text passes, and the log says that it was not judged.</summary>
    AllowAndFlag,

    /// <summary>Nothing passes that was not judged.</summary>
    Block,
}
