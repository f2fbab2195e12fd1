using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Settings;

/// <summary>Another address.</summary>
internal sealed class NewEmailForm : PasswordAgainForm
{
    /// <summary>The address to sign in with from then on.</summary>
    [Required(ErrorMessage = "Enter the new address.")]
    [EmailAddress(ErrorMessage = "This does not look like an e-mail address.")]
    [StringLength(254)]
    public string Email { get; set; } = "";
}
