using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;

namespace ChatApp.Web.Session;

/// <summary>Being signed in, by a cookie whose tokens are renewed as long as it is used.</summary>
internal static class SessionServices
{
    /// <summary>Adds the cookie, its keys, and what renews the tokens inside.</summary>
    public static void AddSession(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SessionOptions>().BindConfiguration(SessionOptions.Section).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton<AuthApi>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<SessionCookie>();
        services.AddSingleton<SealedCookies>();
        services.AddHttpClient(AuthApi.HttpClient, static client =>
        {
            client.BaseAddress = new Uri("http://api/");
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = 256 * 1024;
        });

        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie(ConfigureCookie);
        services.AddAuthorization();
        services.AddAntiforgery(options => options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationState>();

        var keys = services.AddDataProtection().SetApplicationName("ChatApp.Web");
        if (builder.Configuration["DataProtection:KeyDirectory"] is { Length: > 0 } directory)
        {
            keys.PersistKeysToFileSystem(new DirectoryInfo(directory));
        }
    }

    private static void ConfigureCookie(CookieAuthenticationOptions options)
    {
        options.Cookie.Name = "chatapp";
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        options.LoginPath = "/sign-in";
        options.AccessDeniedPath = "/status/403";
        options.ReturnUrlParameter = "returnUrl";
        options.EventsType = typeof(SessionCookie);

        // The Api says how long the session lasts, and every renewal of the tokens moves its end: so does the cookie.
        options.SlidingExpiration = false;
    }
}
