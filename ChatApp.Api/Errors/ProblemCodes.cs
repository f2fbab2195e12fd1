namespace ChatApp.Api.Errors;

/// <summary>The values of <c>code</c> in problems: names that a program can act on, which never change.</summary>
internal static class ProblemCodes
{
    /// <summary>The session has ended, and people have to sign in again.</summary>
    public const string SessionEnded = "session_ended";

    /// <summary>The API key has not the scope that the route takes.</summary>
    public const string ScopeMissing = "scope_missing";

    /// <summary>The route takes no API keys.</summary>
    public const string KeyNotTaken = "key_not_taken";

    /// <summary>The address has to be confirmed before the account can be used.</summary>
    public const string EmailNotConfirmed = "email_not_confirmed";

    /// <summary>The account may not be used for a time, or at all.</summary>
    public const string Banned = "banned";

    /// <summary>The link of a mail is used, too old, or unknown.</summary>
    public const string LinkNotGood = "link_not_good";

    /// <summary>There is an account with this address already.</summary>
    public const string EmailTaken = "email_taken";

    /// <summary>The account has no password, so what it asks for takes a session that was begun just now.</summary>
    public const string SignInAgain = "sign_in_again";

    /// <summary>The time or the tries between password and code are over: the sign-in begins again with the password.</summary>
    public const string TicketEnded = "ticket_ended";

    /// <summary>The code of the second factor is wrong.</summary>
    public const string WrongCode = "wrong_code";

    /// <summary>The sign-in at a provider took too long, or is not one that was begun here: it begins again.</summary>
    public const string StateNotGood = "state_not_good";

    /// <summary>The provider did not confirm who somebody is.</summary>
    public const string ExternalRefused = "external_refused";

    /// <summary>The provider cannot be reached.</summary>
    public const string ExternalUnavailable = "external_unavailable";

    /// <summary>The provider does not tell an address.</summary>
    public const string EmailMissing = "email_missing";

    /// <summary>There is an account with the provider's address: sign in to it another way, and link the provider there.</summary>
    public const string LinkFirst = "link_first";

    /// <summary>The account at the provider signs in to another account here.</summary>
    public const string LinkedElsewhere = "linked_elsewhere";

    /// <summary>Another account at the provider signs in to this one.</summary>
    public const string LinkedAlready = "linked_already";

    /// <summary>Without it nobody could sign in to the account any more.</summary>
    public const string LastWayIn = "last_way_in";

    /// <summary>Too many requests in a minute.</summary>
    public const string RateLimited = "rate_limited";

    /// <summary>The day's tokens are used up.</summary>
    public const string QuotaExceeded = "quota_exceeded";

    /// <summary>Too many attempts at a password, a code or a link.</summary>
    public const string TooManyAttempts = "too_many_attempts";
}
