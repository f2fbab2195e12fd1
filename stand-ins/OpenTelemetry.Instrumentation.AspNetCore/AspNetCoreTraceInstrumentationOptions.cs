using Microsoft.AspNetCore.Http;

namespace OpenTelemetry.Instrumentation.AspNetCore;

public class AspNetCoreTraceInstrumentationOptions
{
    /// <summary>Says of a request whether it leaves a span.</summary>
    public Func<HttpContext, bool>? Filter { get; set; }
}
