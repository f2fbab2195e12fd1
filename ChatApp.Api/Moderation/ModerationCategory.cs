using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation;

/// <summary>What a text may be about that not every site wants.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModerationCategory>))]
public enum ModerationCategory
{
    /// <summary>Sexual content.</summary>
    Sexual,

    /// <summary>Contempt for people because of who they are.</summary>
    Hate,

    /// <summary>Violence, threats and cruelty.</summary>
    Violence,

    /// <summary>Suicide, self-injury and disordered eating.</summary>
    SelfHarm,

    /// <summary>Help with crimes and with weapons.</summary>
    Illegal,

    /// <summary>Sexual content with minors. It is blocked whatever a policy says.</summary>
    Minors,
}
