using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Models;

/// <summary>Section <c>Models</c>: which models there are, and what each can take.</summary>
internal sealed class ModelOptions
{
    public const string Section = "Models";

    /// <summary>The model that answers for characters that name none.</summary>
    [Required(ErrorMessage = "Set 'Models:Default' to the name of a model that the gateway serves.")]
    public string Default { get; set; } = "";

    /// <summary>Whether the default is the small model that comes with the project, of which little is to be expected.</summary>
    public bool BuiltIn { get; set; }

    /// <summary>
    /// Whether engines go on from a last message of the assistant, instead of beginning a new one; a profile may say otherwise.
    /// llama-server does. An answer that was cut off is then continued where it was, else it is written anew.
    /// </summary>
    /// <value>Defaults to false.</value>
    public bool Prefills { get; set; }

    /// <summary>Whether models are outside providers', which people can keep their memories from; a profile may say otherwise.</summary>
    /// <value>Defaults to false.</value>
    public bool Outside { get; set; }

    /// <summary>Models that an outside provider may answer for, where <see cref="Outside"/> does not say so of all: one such target is enough.</summary>
    public List<string> OutsideModels { get; set; } = [];

    /// <summary>Tokens that models read and write together, at most; a profile may say otherwise. By default their engine is asked.</summary>
    [Range(256, 10_000_000, ErrorMessage = "'Models:ContextTokens' is between 256 and 10,000,000.")]
    public int? ContextTokens { get; set; }

    /// <summary>What is known of models, by name. One that is not listed gets the defaults of a profile.</summary>
    public Dictionary<string, ModelProfileOptions> Profiles { get; set; } = new(StringComparer.OrdinalIgnoreCase);
}
