using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts;

/// <summary>Section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>
    /// Secret from which every key of the accounts is derived, at least 32 characters; the AppHost generates one. With another one
    /// people have to sign in again.
    /// </summary>
    [Required(ErrorMessage = "Set 'Auth:Secret' to a secret of at least 32 characters; the AppHost does it by itself.")]
    [MinLength(32, ErrorMessage = "'Auth:Secret' has at least 32 characters.")]
    public string Secret { get; set; } = "";

    /// <summary>How long an access token is good.</summary>
    /// <value>Defaults to 12 hours.</value>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Sign-ups and sign-ins that one address may try in a minute.</summary>
    /// <value>Defaults to 60.</value>
    [Range(1, 100_000)]
    public int AttemptsPerMinute { get; set; } = 60;
}
