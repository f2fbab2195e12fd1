using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Settings;

/// <summary>The end of an account.</summary>
internal sealed class DeletionForm : PasswordAgainForm
{
    /// <summary>What is typed, so that it is no slip.</summary>
    public const string Expected = "delete my account";

    /// <summary>The words, typed.</summary>
    [RegularExpression(@"^\s*(?i:delete my account)\s*$", ErrorMessage = "Type these words to go on.")]
    [Required(ErrorMessage = "Type these words to go on.")]
    public string Words { get; set; } = "";
}
