using ChatApp.Web.Api;
using ChatApp.Web.Session;

namespace ChatApp.Web.Account.Entry;

/// <summary>What comes after a first step of signing in, whichever it was.</summary>
internal static class SecondStep
{
    /// <summary>The page that asks for the code.</summary>
    public const string Page = "/sign-in/second-factor";

    /// <summary>The sealed cookie that carries the ticket there.</summary>
    public const string TicketCookie = "chatapp-second-factor";

    /// <summary>Signs in and goes where the visitor wanted to, or asks for the code first.</summary>
    public static async Task GoOnAsync(this FormComponent form, SignInAnswer answer, string? returnUrl, SealedCookies cookies, TimeProvider clock)
    {
        var context = form.Request;
        if (answer.SignedIn is { } session)
        {
            await form.Cookie.SignInAsync(context, session);
            form.LeadTo(ReturnUrl.Local(returnUrl));
        }
        else if (answer.Ticket is { } ticket)
        {
            var left = ticket.ExpiresAt - clock.GetUtcNow();
            cookies.Write(context, TicketCookie, ticket.Ticket, left > TimeSpan.Zero ? left : TimeSpan.FromMinutes(1), "/sign-in");
            form.LeadTo(returnUrl is null ? Page : $"{Page}?returnUrl={Uri.EscapeDataString(returnUrl)}");
        }
    }
}
