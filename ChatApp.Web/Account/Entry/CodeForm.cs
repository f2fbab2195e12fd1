using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Entry;

/// <summary>The code of a second step.</summary>
internal sealed class CodeForm
{
    /// <summary>Six digits, or a recovery code.</summary>
    [Required(ErrorMessage = "Enter the code.")]
    [StringLength(40, ErrorMessage = "A code is shorter than that.")]
    public string Code { get; set; } = "";
}
