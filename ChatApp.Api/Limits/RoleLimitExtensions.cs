using ChatApp.Api.Accounts;

namespace ChatApp.Api.Limits;

internal static class RoleLimitExtensions
{
    extension(UserRole role)
    {
        /// <summary>The role as it is written in the database and in keys.</summary>
        public string Name => role switch
        {
            UserRole.Creator => "creator",
            UserRole.Moderator => "moderator",
            UserRole.Admin => "admin",
            _ => "user",
        };
    }

    extension(LimitOptions options)
    {
        /// <summary>What was set for a role; null when nothing was.</summary>
        public RoleLimits? Of(UserRole role) => options.Roles.GetValueOrDefault(role.Name);
    }
}
