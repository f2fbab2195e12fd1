namespace ChatApp.Api.Accounts.External;

/// <summary>
/// A place where people have accounts that sign in here: the section <c>Auth:Providers:N</c>. With <see cref="Issuer"/> it speaks OpenID
/// Connect, and says itself where it is asked what; with the three endpoints it speaks plain OAuth 2.0.
/// </summary>
internal sealed class ExternalProvider
{
    /// <summary>What addresses call it: 1 to 30 lower-case letters, digits and hyphens. People's logins hang on it.</summary>
    public string Name { get; set; } = "";

    /// <summary>What people call it.</summary>
    /// <value>The name when left out.</value>
    public string? DisplayName { get; set; }

    /// <summary>What this site is called there.</summary>
    public string ClientId { get; set; } = "";

    /// <summary>What this site shows there that it is the one.</summary>
    public string ClientSecret { get; set; } = "";

    /// <summary>The issuer of an OpenID Connect provider, exactly as its discovery document says it.</summary>
    public Uri? Issuer { get; set; }

    /// <summary>Where people are asked whether they want to sign in here.</summary>
    public Uri? AuthorizationEndpoint { get; set; }

    /// <summary>Where a code becomes a token.</summary>
    public Uri? TokenEndpoint { get; set; }

    /// <summary>Where a token says who somebody is.</summary>
    public Uri? UserEndpoint { get; set; }

    /// <summary>Where a token says which addresses somebody has, as GitHub's <c>/user/emails</c>; null where the user's own answer has it.</summary>
    public Uri? EmailEndpoint { get; set; }

    /// <summary>What is asked for.</summary>
    /// <value>Empty: <c>openid</c>, <c>profile</c> and <c>email</c> with OpenID Connect, else nothing.</value>
    public List<string> Scopes { get; set; } = [];

    /// <summary>The name of the member of the user endpoint's answer that never changes for somebody.</summary>
    public string SubjectClaim { get; set; } = "id";

    public string EmailClaim { get; set; } = "email";

    /// <summary>The member that says whether the address was shown to be theirs; null where none does, and then no address counts as shown.</summary>
    public string? EmailVerifiedClaim { get; set; }

    public string NameClaim { get; set; } = "name";

    /// <summary>What people are shown.</summary>
    public string Label => string.IsNullOrWhiteSpace(DisplayName) ? Name : DisplayName;

    public bool IsOpenId => Issuer is not null;

    /// <summary>What to ask for, as one text.</summary>
    public string ScopeText => string.Join(' ', Scopes.Count > 0 ? Scopes : IsOpenId ? ["openid", "profile", "email"] : []);
}
