using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Settings;

/// <summary>Another password.</summary>
internal sealed class PasswordForm
{
    /// <summary>The one that it replaces; empty for an account that has none.</summary>
    [StringLength(128, ErrorMessage = "A password has at most 128 characters.")]
    public string CurrentPassword { get; set; } = "";

    /// <summary>The one to sign in with from now on.</summary>
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 8, ErrorMessage = "A password has 8 to 128 characters.")]
    public string NewPassword { get; set; } = "";
}
