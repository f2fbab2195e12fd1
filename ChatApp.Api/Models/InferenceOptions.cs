using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Models;

/// <summary>Section <c>Inference</c>: the gateway to the engines.</summary>
internal sealed class InferenceOptions
{
    public const string Section = "Inference";

    /// <summary>Where the gateway's OpenAI-compatible API is; a service's name is found by service discovery.</summary>
    /// <value>Defaults to <c>http://inference/v1</c>.</value>
    [Required]
    public Uri Address { get; set; } = new("http://inference/v1");

    /// <summary>The key that the gateway asks for.</summary>
    [Required(ErrorMessage = "Set 'Inference:Key' to the gateway's key ('Gateway:Key' there); the AppHost does it by itself.")]
    public string Key { get; set; } = "";

    /// <summary>The key of the gateway's administrators (<c>Gateway:AdminKey</c> there); without it engines and models cannot be managed from here.</summary>
    public string? AdminKey { get; set; }
}
