namespace ChatApp.Web.Api;

/// <summary>Registers the Api's client.</summary>
internal static class ApiClientExtensions
{
    private const long LargestAnswer = 4 * 1024 * 1024;

    /// <summary>Adds <see cref="ApiClient"/>, which finds the Api by service discovery as <c>http://api</c>.</summary>
    public static void AddApiClient(this IServiceCollection services) =>
        services.AddHttpClient<ApiClient>(client =>
        {
            client.BaseAddress = new Uri("http://api/");
            client.Timeout = TimeSpan.FromSeconds(30);
            client.MaxResponseContentBufferSize = LargestAnswer;
        });
}
