using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account.Settings;

/// <summary>Another name.</summary>
internal sealed class NameForm
{
    /// <summary>How the characters call this person.</summary>
    [Required(ErrorMessage = "Enter a name. Any name will do.")]
    [StringLength(60, ErrorMessage = "A name has at most 60 characters.")]
    public string Name { get; set; } = "";
}
