namespace ChatApp.Web.Admin;

/// <summary>Roles, in words.</summary>
internal static class RoleWords
{
    /// <summary>What people of a role are called.</summary>
    public static string Name(string role) => role switch
    {
        "user" => "User",
        "creator" => "Creator",
        "moderator" => "Moderator",
        "admin" => "Administrator",
        _ => role,
    };

    /// <summary>What the role may do.</summary>
    public static string May(string role) => role switch
    {
        "user" => "talks with characters",
        "creator" => "also makes characters",
        "moderator" => "also decides what was held back, and bans",
        "admin" => "may do everything on this server",
        _ => "",
    };
}
