using Microsoft.AspNetCore.Authorization;

namespace ChatApp.Api.Accounts.Access;

/// <summary>Who may call an endpoint. Each role may do what the ones before it may.</summary>
internal static class Policies
{
    /// <summary>A person who signed in themselves: what changes an account takes no API key.</summary>
    public const string Session = "session";

    /// <summary>Makes characters.</summary>
    public const string Creator = "creator";

    /// <summary>Judges what was reported.</summary>
    public const string Moderator = "moderator";

    /// <summary>Runs the service.</summary>
    public const string Admin = "admin";

    /// <summary>Defines the policies.</summary>
    public static void Add(AuthorizationBuilder authorization) => authorization
        .AddPolicy(Session, static policy => policy.RequireAuthenticatedUser().RequireAssertion(static context => context.User.KeyId is null))
        .AddPolicy(Creator, static policy => policy.RequireAssertion(static context => context.User.Role >= UserRole.Creator))
        .AddPolicy(Moderator, static policy => policy.RequireAssertion(static context => context.User.Role >= UserRole.Moderator))
        .AddPolicy(Admin, static policy => policy.RequireAssertion(static context => context.User.Role >= UserRole.Admin));
}
