using ChatApp.Api.Accounts.Access;
using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace ChatApp.Api.Accounts.Tokens;

/// <summary>What a token must be beside well signed: of a session that has not ended, and given before nothing that took it back. All of it is in memory.</summary>
internal static class TokenAcceptance
{
    /// <summary>Waits, after a start, until it is known what tokens are checked with.</summary>
    public static async Task ReadyAsync(MessageReceivedContext context)
    {
        var (services, gone) = (context.HttpContext.RequestServices, context.HttpContext.RequestAborted);
        await services.GetRequiredService<SigningKeyRing>().ReadyAsync(gone);
        await services.GetRequiredService<AccessCutoffs>().ReadyAsync(gone);
    }

    /// <summary>Refuses a token that no longer counts, and notes that the session was seen.</summary>
    public static Task Judge(TokenValidatedContext context)
    {
        var services = context.HttpContext.RequestServices;
        if (context.Principal is not { SessionId: { } session } principal)
        {
            context.Fail("The token belongs to no session.");
        }
        else if (services.GetRequiredService<AccessCutoffs>().HasEnded(principal.Access))
        {
            context.Fail("The session has ended.");
        }
        else
        {
            services.GetRequiredService<LastUses>().Saw(session, context.HttpContext.Connection.RemoteIpAddress);
        }

        return Task.CompletedTask;
    }
}
