using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Moderation.Detectors.Outside;

/// <summary>Section <c>Moderation:Outside</c>: a moderation API of somebody else that judges texts where a policy wants it.</summary>
internal sealed class OutsideOptions : IValidatableObject
{
    public const string Section = "Moderation:Outside";

    /// <summary>Where it takes texts, such as <c>https://api.openai.com/v1/moderations</c>; without it there is none.</summary>
    public Uri? Address { get; set; }

    /// <summary>Its key, sent as a bearer token; none where it wants none.</summary>
    public string? Key { get; set; }

    /// <summary>The model that it is asked for; none for its own choice.</summary>
    public string? Model { get; set; }

    /// <summary>How long it may take.</summary>
    /// <value>Defaults to 3 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Characters of a text that it is sent, the first and the last; the middle of a longer one is left out.</summary>
    /// <value>Defaults to 16,000.</value>
    [Range(200, 200_000)]
    public int MaxCharacters { get; set; } = 16_000;

    /// <summary>The score from which a category is low, medium and high.</summary>
    [Range(0.0, 1.0)]
    public double Low { get; set; } = 0.2;

    /// <inheritdoc cref="Low"/>
    [Range(0.0, 1.0)]
    public double Medium { get; set; } = 0.5;

    /// <inheritdoc cref="Low"/>
    [Range(0.0, 1.0)]
    public double High { get; set; } = 0.8;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Address is { } address && (!address.IsAbsoluteUri || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))))
        {
            yield return new ValidationResult("'Moderation:Outside:Address' is an https address; http is for this machine only.", [nameof(Address)]);
        }

        if (Low > Medium || Medium > High)
        {
            yield return new ValidationResult("Of 'Moderation:Outside' 'Low' is not above 'Medium', and that not above 'High'.", [nameof(Medium)]);
        }
    }
}
