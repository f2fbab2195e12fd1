using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Entry;

/// <summary>A new password, by a mailed link.</summary>
internal sealed class NewPasswordForm
{
    /// <summary>The password to sign in with from now on.</summary>
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 8, ErrorMessage = "A password has 8 to 128 characters.")]
    public string Password { get; set; } = "";
}
