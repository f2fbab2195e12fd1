using ChatApp.Inference.Tokens;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Engines;

/// <summary>The engines as configured, and their readiness.</summary>
internal static class EngineExtensions
{
    private const string HealthCheckName = "engines";

    public static void AddEngines(this IServiceCollection services)
    {
        services.AddOptions<EngineList>()
            .Configure<IConfiguration>(static (list, configuration) =>
            {
                // One by one: bound as a list, an engine that cannot be read would be left out in silence.
                foreach (var section in configuration.GetSection(EngineList.Section).GetChildren())
                {
                    list.Engines.Add(section.Get<EngineOptions>() ?? new EngineOptions());
                }
            })
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<EngineList>, EngineListValidator>();

        services.AddHttpClient(EngineProbe.ClientName).AddStreamingDefaults(static bounds =>
        {
            bounds.ConnectTimeout = TimeSpan.FromSeconds(2);
            bounds.FirstByteTimeout = TimeSpan.FromSeconds(3);
            bounds.IdleTimeout = TimeSpan.FromSeconds(3);
        });
        services.AddHttpClient(EngineTokenizer.ClientName).AddStreamingDefaults(static bounds =>
        {
            bounds.ConnectTimeout = TimeSpan.FromSeconds(1);
            bounds.FirstByteTimeout = TimeSpan.FromSeconds(3);
            bounds.IdleTimeout = TimeSpan.FromSeconds(3);
        });
        services.AddSingleton<EngineTokenizer>();
        services.AddSingleton<EngineProbe>();
        services.AddSingleton<EngineHealth>();
        services.AddSingleton<EngineReadiness>();
        services.AddHostedService<EngineProbing>();
        services.AddHealthChecks().AddCheck<EnginesHealthCheck>(HealthCheckName);
    }
}
