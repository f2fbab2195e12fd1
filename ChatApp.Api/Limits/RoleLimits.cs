namespace ChatApp.Api.Limits;

/// <summary>What people of one role may ask for: <c>Limits:Roles:user</c> and so on. Null is what the site has, 0 no limit.</summary>
internal sealed class RoleLimits
{
    /// <summary>Requests of each of them in any minute.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>Tokens of each of them in a day, UTC.</summary>
    public long? TokensPerDay { get; set; }

    /// <summary>Requests of all of them together in any minute.</summary>
    public int? TogetherRequestsPerMinute { get; set; }

    /// <summary>Tokens of all of them together in a day, UTC.</summary>
    public long? TogetherTokensPerDay { get; set; }
}
