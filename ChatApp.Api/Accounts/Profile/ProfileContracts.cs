using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.Profile;

/// <summary>What people change of their account without being asked for the password.</summary>
/// <param name="Name">The name to show, 1 to 60 characters.</param>
public sealed record ProfileChange(
    [Required(ErrorMessage = "Give a name."), StringLength(60, ErrorMessage = "A name has 60 characters at most.")] string Name);
