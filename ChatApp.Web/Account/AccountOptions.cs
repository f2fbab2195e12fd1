using System.ComponentModel.DataAnnotations;

namespace ChatApp.Web.Account;

/// <summary>Settings under <c>Account</c>.</summary>
internal sealed class AccountOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Account";

    /// <summary>The rate limiting policy on the sign-in and sign-up forms.</summary>
    public const string AttemptsPolicy = "account-attempts";

    /// <summary>How often one address may send the sign-in or sign-up form in a minute.</summary>
    /// <value>30.</value>
    [Range(1, 100_000)]
    public int AttemptsPerMinute { get; set; } = 30;
}
