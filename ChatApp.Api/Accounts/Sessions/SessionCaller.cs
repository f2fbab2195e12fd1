namespace ChatApp.Api.Accounts.Sessions;

/// <summary>From where a session is used, as far as its owner is shown.</summary>
internal sealed record SessionCaller(string? Address, string? UserAgent)
{
    private const int MaxUserAgent = 300;

    public static SessionCaller Of(HttpContext context)
    {
        var agent = context.Request.Headers.UserAgent.ToString();
        return new SessionCaller(
            context.Connection.RemoteIpAddress?.ToString(),
            agent.Length switch { 0 => null, > MaxUserAgent => agent[..MaxUserAgent], _ => agent });
    }
}
