using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Entry;

/// <summary>What the sign-in form asks.</summary>
internal sealed class SignInForm
{
    /// <summary>The e-mail address of the account.</summary>
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This does not look like an e-mail address.")]
    [StringLength(254)]
    public string Email { get; set; } = "";

    /// <summary>The account's password.</summary>
    [Required(ErrorMessage = "Enter your password.")]
    [StringLength(128)]
    public string Password { get; set; } = "";
}
