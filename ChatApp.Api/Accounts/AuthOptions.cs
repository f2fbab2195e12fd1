using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts;

/// <summary>Section <c>Auth</c>.</summary>
internal sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>The longest <see cref="TokenLifetime"/> that can be set: for that long it is kept what no longer counts.</summary>
    public static readonly TimeSpan LongestTokenLifetime = TimeSpan.FromDays(1);

    /// <summary>
    /// Secret from which every key of the accounts is derived, at least 32 characters; the AppHost generates one. With another one
    /// people have to sign in again.
    /// </summary>
    [Required(ErrorMessage = "Set 'Auth:Secret' to a secret of at least 32 characters; the AppHost does it by itself.")]
    [MinLength(32, ErrorMessage = "'Auth:Secret' has at least 32 characters.")]
    public string Secret { get; set; } = "";

    /// <summary>How long an access token is good; a session gets another one by its refresh token.</summary>
    /// <value>Defaults to 10 minutes; 1 minute to 1 day.</value>
    [Range(typeof(TimeSpan), "00:01:00", "1.00:00:00")]
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a key signs access tokens before the next one does.</summary>
    /// <value>Defaults to 30 days.</value>
    [Range(typeof(TimeSpan), "2.00:00:00", "365.00:00:00")]
    public TimeSpan SigningKeyLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a session lives that nobody uses.</summary>
    /// <value>Defaults to 30 days.</value>
    [Range(typeof(TimeSpan), "00:05:00", "365.00:00:00")]
    public TimeSpan SessionIdleLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long a session lives however much it is used; after that people sign in again.</summary>
    /// <value>Defaults to 90 days.</value>
    [Range(typeof(TimeSpan), "00:05:00", "365.00:00:00")]
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromDays(90);

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
