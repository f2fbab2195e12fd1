using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Retrieval;

/// <summary>Section <c>Retrieval</c>: how texts are taken apart into terms.</summary>
internal sealed class RetrievalOptions
{
    public const string Section = "Retrieval";

    /// <summary>
    /// The full-text configuration of Postgres whose stemmer and stop words are used: <c>english</c>, <c>german</c>, <c>simple</c> …
    /// What is stored keeps the terms that it was stored with, so rebuild after a change.
    /// </summary>
    /// <value>Defaults to <c>english</c>.</value>
    [Required, RegularExpression("^[a-z_]{1,40}$", ErrorMessage = "'Retrieval:Language' is the name of a text search configuration of Postgres, such as english.")]
    public string Language { get; set; } = "english";
}
