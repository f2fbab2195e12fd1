using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Models;

namespace ChatApp.Api.Gateway;

internal static class GatewayExtensions
{
    /// <summary>What administrators manage engines and models with.</summary>
    public static void AddGatewayAdministration(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<InferenceOptions>().BindConfiguration(InferenceOptions.Section);
        services.AddSingleton<CallerNames>();

        // Pulls are followed for as long as they take, and a gateway that is away is said at once: nobody waits for retries.
        services.AddHttpClient<GatewayClient>().AddStreamingDefaults(static bounds =>
        {
            bounds.ConnectTimeout = TimeSpan.FromSeconds(2);
            bounds.FirstByteTimeout = TimeSpan.FromSeconds(20);
            bounds.IdleTimeout = TimeSpan.FromSeconds(30);
        });
    }

    /// <summary>The endpoints under <c>/api/admin</c> that the gateway answers.</summary>
    public static void MapGatewayAdministration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/admin").WithTags("Admin").RequireAuthorization(Policies.Admin).TakesKeys(ApiScope.Admin)
            .AddEndpointFilter<GatewayProblems>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        group.MapEngines();
        group.MapLocalModels();
        group.MapModels();
        group.MapPulls();
        group.MapUsage();
        group.MapBudgets();
    }
}
