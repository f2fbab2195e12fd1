using ChatApp.Web.Api;
using ChatApp.Web.Session;
using Microsoft.AspNetCore.Components.Authorization;

namespace ChatApp.Web.Admin;

/// <summary>Registers what the pages of administrators ask.</summary>
internal static class AdminServices
{
    private const string HttpClient = "admin";
    private const string PatientHttpClient = "admin-patient";
    private const long LargestAnswer = 8 * 1024 * 1024;

    /// <summary>Adds <see cref="AdminApi"/> and its like. Their requests are not tried again: these pages say at once what is away.</summary>
    public static void AddAdmin(this IServiceCollection services)
    {
        AddClient(services, HttpClient, TimeSpan.FromSeconds(30));
        AddClient(services, PatientHttpClient, TimeSpan.FromMinutes(10)); // A long log is read for a while before there is a word of it.
        services.AddTransient(static services => new AdminApi(Client(services, HttpClient)));
        services.AddTransient(static services => new PeopleApi(Client(services, HttpClient)));
        services.AddTransient(static services => new PolicyApi(Client(services, HttpClient)));
        services.AddTransient(static services => new AuditApi(Client(services, PatientHttpClient)));
    }

    private static void AddClient(IServiceCollection services, string name, TimeSpan firstByteTimeout) =>
        services.AddHttpClient(name)
            .AddStreamingDefaults(bounds =>
            {
                bounds.ConnectTimeout = TimeSpan.FromSeconds(3);
                bounds.FirstByteTimeout = firstByteTimeout;
                bounds.IdleTimeout = TimeSpan.FromSeconds(10);
            })
            .ConfigureHttpClient(static client =>
            {
                client.BaseAddress = new Uri("http://api/");
                client.MaxResponseContentBufferSize = LargestAnswer;
            });

    private static ApiClient Client(IServiceProvider services, string name) => new(
        services.GetRequiredService<IHttpClientFactory>().CreateClient(name), services.GetRequiredService<AuthenticationStateProvider>(), services.GetRequiredService<SessionTokens>());
}
