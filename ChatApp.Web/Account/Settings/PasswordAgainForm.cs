using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Settings;

/// <summary>The password, asked again before something that a stranger at an open screen must not do.</summary>
internal class PasswordAgainForm
{
    /// <summary>The account's password; empty for an account that has none.</summary>
    [StringLength(128, ErrorMessage = "A password has at most 128 characters.")]
    public string Password { get; set; } = "";

    /// <summary>The password, or null where none was given.</summary>
    public string? PasswordOrNull => Password.Length == 0 ? null : Password;
}
