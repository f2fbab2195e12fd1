using ChatApp.Web.Api;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Components.Authorization;

namespace ChatApp.Web.Admin;

/// <summary>Registers what the pages of administrators ask.</summary>
internal static class AdminServices
{
    private const string HttpClient = "admin";
    private const long LargestAnswer = 8 * 1024 * 1024;

    /// <summary>Adds <see cref="AdminApi"/>. Its requests are not tried again: these pages look every few seconds anyway, and say at once what is away.</summary>
    public static void AddAdmin(this IServiceCollection services)
    {
        services.AddHttpClient(HttpClient)
            .AddStreamingDefaults(static bounds =>
            {
                bounds.ConnectTimeout = TimeSpan.FromSeconds(3);
                bounds.FirstByteTimeout = TimeSpan.FromSeconds(30);
                bounds.IdleTimeout = TimeSpan.FromSeconds(10);
            })
            .ConfigureHttpClient(static client =>
            {
                client.BaseAddress = new Uri("http://api/");
                client.MaxResponseContentBufferSize = LargestAnswer;
            });
        services.AddTransient(static services => new AdminApi(new ApiClient(
            services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClient), services.GetRequiredService<AuthenticationStateProvider>(), services.GetRequiredService<SessionTokens>())));
    }
}
