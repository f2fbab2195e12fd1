using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Entry;

/// <summary>An address, and nothing else.</summary>
internal sealed class EmailForm
{
    /// <summary>The e-mail address of the account.</summary>
    [Required(ErrorMessage = "Enter your e-mail address.")]
    [EmailAddress(ErrorMessage = "This does not look like an e-mail address.")]
    [StringLength(254)]
    public string Email { get; set; } = "";
}
