using System.Text.Json.Serialization;

namespace ChatApp.Api.Accounts.Access;

/// <summary>What an API key may do, within what its owner may.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ApiScope>))]
public enum ApiScope
{
    /// <summary>Reads everything that its owner may read outside administration.</summary>
    Read,

    /// <summary>Conversations and turns.</summary>
    Chat,

    /// <summary>What characters remember.</summary>
    Memory,

    /// <summary>Documents.</summary>
    Documents,

    /// <summary>Administration and moderation, reading too; the owner needs the role.</summary>
    Admin,
}
