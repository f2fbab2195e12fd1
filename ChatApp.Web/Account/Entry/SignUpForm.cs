using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Entry;

/// <summary>What the sign-up form asks.</summary>
internal sealed class SignUpForm
{
    /// <summary>How the characters call this person.</summary>
    [Required(ErrorMessage = "Enter a name. Any name will do.")]
    [StringLength(60, ErrorMessage = "A name has at most 60 characters.")]
    public string Name { get; set; } = "";

    /// <summary>The e-mail address to sign in with.</summary>
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This does not look like an e-mail address.")]
    [StringLength(254)]
    public string Email { get; set; } = "";

    /// <summary>The password to sign in with.</summary>
    [Required(ErrorMessage = "Choose a password.")]
    [StringLength(128, MinimumLength = 8, ErrorMessage = "A password has 8 to 128 characters.")]
    public string Password { get; set; } = "";
}
