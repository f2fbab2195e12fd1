using System.Text.Json.Serialization;

namespace ChatApp.Api.Accounts;

/// <summary>What an account may do. Each role may do what the ones before it may.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<UserRole>))]
public enum UserRole
{
    /// <summary>Chats.</summary>
    User,

    /// <summary>Makes characters.</summary>
    Creator,

    /// <summary>Judges what was reported.</summary>
    Moderator,

    /// <summary>Runs the service.</summary>
    Admin,
}
