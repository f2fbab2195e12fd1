using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account;

/// <summary>Settings under <c>Account</c>.</summary>
internal sealed class AccountOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Account";

    /// <summary>The rate limiting policy on the forms for those who are not signed in.</summary>
    public const string AttemptsPolicy = "account-attempts";

    /// <summary>How often one address may send one of these forms in a minute.</summary>
    /// <value>30.</value>
    [Range(1, 100_000)]
    public int AttemptsPerMinute { get; set; } = 30;

    /// <summary>The site's own address as other services know it, for coming back from them; by default that of the request.</summary>
    /// <value>Null.</value>
    [Url]
    public string? SiteAddress { get; set; }
}
