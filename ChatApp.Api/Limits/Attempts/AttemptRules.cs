using ChatApp.Api.Accounts;
using ChatApp.Api.Limits.Requests;
using ChatApp.Api.Limits.Windows;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Limits.Attempts;

/// <summary>By which rules attempts are judged.</summary>
internal sealed class AttemptRules(SecretBox secrets, IOptions<LimitOptions> limits, IOptions<AuthOptions> auth)
{
    // An address of a private network may be a proxy that does not say for whom it asks.
    private const int PeopleBehindAProxy = 20;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private AttemptOptions Options => limits.Value.Attempts;

    /// <summary>The account's rule first, when an account is named.</summary>
    public List<LimitRule> Of(AttemptKind kind, HttpContext context, string? account)
    {
        var rules = new List<LimitRule>(3);
        if (account is not null)
        {
            var subject = Account(kind, account);
            rules.Add(kind == AttemptKind.Mail
                ? new LimitRule("account", subject, Options.MailsPerHour, Hour)
                : new LimitRule("account", subject, Options.Failures, Options.Window) { Free = Options.FailuresWithoutPause, Pause = Options.FirstPause });
        }

        var address = CallerAddress.Subject(context.Connection.RemoteIpAddress);
        var people = CallerAddress.IsPrivate(context.Connection.RemoteIpAddress) ? PeopleBehindAProxy : 1;
        if (kind == AttemptKind.Mail)
        {
            rules.Add(new LimitRule("address", $"attempts:mail:{address}", Options.AddressMailsPerHour * people, Hour));
            return rules;
        }

        if (kind is AttemptKind.SignUp or AttemptKind.SignIn)
        {
            rules.Add(new LimitRule("tries", $"attempts:tries:{address}", auth.Value.AttemptsPerMinute, TimeSpan.FromMinutes(1)));
        }

        if (kind != AttemptKind.SignUp)
        {
            rules.Add(new LimitRule("address", Failures(context), Options.AddressFailures * people, Options.Window));
        }

        return rules;
    }

    /// <summary>Where an account's attempts are counted. The account is not to be read from it: Redis is no place for addresses.</summary>
    public string Account(AttemptKind kind, string account)
    {
        var code = secrets.Mac("limits.attempts", System.Text.Encoding.UTF8.GetBytes(account.Trim().ToUpperInvariant()));
        return $"attempts:{kind}:account:{Convert.ToHexStringLower(code.AsSpan(0, 16))}";
    }

    /// <summary>Where an address's failures are counted, all kinds together.</summary>
    public static string Failures(HttpContext context) => $"attempts:failures:{CallerAddress.Subject(context.Connection.RemoteIpAddress)}";
}
