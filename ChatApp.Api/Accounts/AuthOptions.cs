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

    /// <summary>
    /// Where people find the site, such as <c>https://chat.example.org</c>. Links in mails and the way back from providers begin with it,
    /// so it is never taken from a request.
    /// </summary>
    /// <value>Null where there are neither; the AppHost sets it for local runs.</value>
    public Uri? SiteAddress { get; set; }

    /// <summary>Whether an address has to be shown to be its owner's before the account can be used. It needs mail.</summary>
    public bool RequireConfirmedEmail { get; set; }

    /// <summary>Rounds of PBKDF2-HMAC-SHA512 that a password takes; ones that were hashed with fewer are hashed again when they are next used.</summary>
    /// <value>Defaults to 210,000.</value>
    [Range(1_000, 10_000_000)]
    public int PasswordIterations { get; set; } = 210_000;
}
