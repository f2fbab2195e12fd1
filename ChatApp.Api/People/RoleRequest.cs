using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Accounts;

namespace ChatApp.Api.People;

/// <summary>What an account may do from now on.</summary>
/// <param name="Role">The role.</param>
public sealed record RoleRequest([Required(ErrorMessage = "Say which role: user, creator, moderator or admin.")] UserRole? Role);
