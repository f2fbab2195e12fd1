using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry.Instrumentation.AspNetCore;

namespace OpenTelemetry.Trace;

public static class AspNetCoreInstrumentationTracerProviderBuilderExtensions
{
    /// <summary>ASP.NET Core creates the spans itself; this listens, describes and filters them.</summary>
    public static TracerProviderBuilder AddAspNetCoreInstrumentation(
        this TracerProviderBuilder builder, Action<AspNetCoreTraceInstrumentationOptions>? configureAspNetCoreTraceInstrumentationOptions = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (configureAspNetCoreTraceInstrumentationOptions is { } configure)
        {
            builder.ConfigureServices(services => services.Configure(configure));
        }

        return builder
            .AddSource("Microsoft.AspNetCore")
            .AddInstrumentation(static services => new RequestSpans(services.GetRequiredService<IOptions<AspNetCoreTraceInstrumentationOptions>>().Value.Filter));
    }
}
