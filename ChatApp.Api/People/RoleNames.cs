using ChatApp.Api.Accounts;

namespace ChatApp.Api.People;

/// <summary>Roles as the database names them.</summary>
internal static class RoleNames
{
    public static string Of(UserRole role) => role switch
    {
        UserRole.Admin => "admin",
        UserRole.Moderator => "moderator",
        UserRole.Creator => "creator",
        _ => "user",
    };

    /// <returns>Null when there is no such role.</returns>
    public static UserRole? Find(string name) => name switch
    {
        "admin" => UserRole.Admin,
        "moderator" => UserRole.Moderator,
        "creator" => UserRole.Creator,
        "user" => UserRole.User,
        _ => null,
    };
}
