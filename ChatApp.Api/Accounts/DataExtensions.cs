using ChatApp.Api.Accounts.Deletion;
using ChatApp.Api.Accounts.Export;

namespace ChatApp.Api.Accounts;

internal static class DataExtensions
{
    /// <summary>What people take their data away with, and have it deleted by.</summary>
    public static void AddAccountData(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<AccountExport>();
        services.AddOptions<DeletionOptions>().BindConfiguration(DeletionOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<AccountClosing>();
        services.AddSingleton<DeletionQueue>();
        services.AddSingleton<AccountRows>();
        services.AddSingleton<AccountDeletion>();
        services.AddHostedService(static provider => provider.GetRequiredService<AccountDeletion>());
    }

    public static void MapAccountData(this IEndpointRouteBuilder routes)
    {
        routes.MapAccountExport();
        routes.MapAccountDeletion();
    }
}
