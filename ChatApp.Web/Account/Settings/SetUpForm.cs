using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Settings;

/// <summary>The first code of a new second factor.</summary>
internal sealed class SetUpForm
{
    /// <summary>What the first step gave, sealed.</summary>
    public string? Setup { get; set; }

    /// <summary>The six digits.</summary>
    [Required(ErrorMessage = "Enter the six digits.")]
    [StringLength(10, ErrorMessage = "Enter the six digits.")]
    public string Code { get; set; } = "";
}
