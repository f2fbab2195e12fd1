using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.SignalR;

namespace ChatApp.Web.Layout;

/// <summary>Razor components on server circuits, within bounds.</summary>
internal static class Circuits
{
    private const int LargestMessageFromBrowser = 64 * 1024;

    /// <summary>Adds Razor components and the limits of a circuit.</summary>
    public static void AddCircuits(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddScoped<SiteFacts>();

        services.Configure<CircuitOptions>(options =>
        {
            options.DetailedErrors = environment.IsDevelopment();

            // A circuit costs about 0.4 MB. What a person typed lives in the page and what was said in the Api, so a lost circuit
            // costs nothing but a reload: few are kept, and not for long.
            options.DisconnectedCircuitMaxRetained = 200;
            options.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(2);
            options.MaxBufferedUnacknowledgedRenderBatches = 8;
            options.JSInteropDefaultCallTimeout = TimeSpan.FromSeconds(20);
        });

        // Messages are posted by script to the Api, not through the circuit: what comes this way is clicks and titles.
        services.Configure<HubOptions>(options => options.MaximumReceiveMessageSize = LargestMessageFromBrowser);
    }
}
