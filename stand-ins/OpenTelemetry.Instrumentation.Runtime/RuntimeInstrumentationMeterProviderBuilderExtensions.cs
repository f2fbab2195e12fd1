namespace OpenTelemetry.Metrics;

public static class RuntimeInstrumentationMeterProviderBuilderExtensions
{
    /// <summary>.NET 9 and later measure themselves; this only listens.</summary>
    public static MeterProviderBuilder AddRuntimeInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter("System.Runtime");
    }
}
