using ChatApp.ServiceDefaults.Http;
using ChatApp.Web.Account;
using ChatApp.Web.Account.External;
using ChatApp.Web.Admin;
using ChatApp.Web.Api;
using ChatApp.Web.Characters;
using ChatApp.Web.Conversations;
using ChatApp.Web.Forwarding;
using ChatApp.Web.Layout;
using ChatApp.Web.Memory;
using ChatApp.Web.Moderation;
using ChatApp.Web.Security;
using ChatApp.Web.Session;

namespace ChatApp.Web;

/// <summary>What the site is made of, and in which order a request meets it.</summary>
internal static class ChatSite
{
    /// <summary>Adds the site's services.</summary>
    public static IHostApplicationBuilder AddChatSite(this WebApplicationBuilder builder)
    {
        builder.Services.AddProxyHeaders();
        builder.AddSession();
        builder.AddAccount();
        builder.AddApiForwarding();
        builder.Services.AddApiClient();
        builder.Services.AddConversations();
        builder.Services.AddMemory();
        builder.Services.AddAdmin();
        builder.Services.AddModeration();
        builder.Services.AddCircuits(builder.Environment);
        return builder;
    }

    /// <summary>Adds the site's middleware.</summary>
    public static void UseChatSite(this WebApplication app)
    {
        // First of all: cookies are for https only where the person's browser uses it, whatever is between.
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseHsts();
        if (!app.Environment.IsDevelopment())
        {
            app.UseExceptionHandler("/error", createScopeForErrors: true);
        }

        // What the Api answers passes as it is; only the site's own pages get a page for a bare status.
        app.UseWhen(
            context => !context.Request.Path.StartsWithSegments(ApiForwarding.Prefix, StringComparison.OrdinalIgnoreCase),
            pages => pages.UseStatusCodePagesWithReExecute("/status/{0}", createScopeForStatusCodePages: true));

        // After what may run a request again under another path, so that the other path finds its endpoint.
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    /// <summary>Maps pages, files, what plain forms are sent to, and the forwarded Api.</summary>
    public static void MapChatSite(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous();
        app.MapSignOut();
        app.MapKeep();
        app.MapExternalSignIn();
        app.MapStart();
        app.MapApiForwarding();

        // The site sends one policy of its own (see SecurityHeaders), so Blazor adds none.
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
    }
}
