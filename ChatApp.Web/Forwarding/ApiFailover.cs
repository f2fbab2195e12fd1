using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Health;

namespace ChatApp.Web.Forwarding;

/// <summary>Goes round a process of the Api that is gone or not ready, where several are known.</summary>
internal static class ApiFailover
{
    /// <summary>Asks each process now and then. While none is well, all are tried: the Api says best what is wrong.</summary>
    public static HealthCheckConfig HealthCheck { get; } = new()
    {
        AvailableDestinationsPolicy = HealthCheckConstants.AvailableDestinations.HealthyOrPanic,
        Active = new ActiveHealthCheckConfig
        {
            Enabled = true,
            Path = "/health",
            Interval = TimeSpan.FromSeconds(5),
            Timeout = TimeSpan.FromSeconds(3),
            Policy = HealthCheckConstants.ActivePolicy.ConsecutiveFailures,
        },
    };

    /// <summary>
    /// A request whose connection was refused goes to another process. Nothing of it has been sent, so it may be anything; one
    /// that broke later may have been done, and is the caller's to repeat.
    /// </summary>
    public static async Task TryOthers(HttpContext context, RequestDelegate next)
    {
        var proxy = context.GetReverseProxyFeature();
        var untried = proxy.AvailableDestinations.ToList();
        while (true)
        {
            proxy.AvailableDestinations = untried;
            await next(context);
            if (!WasRefused(context) || proxy.ProxiedDestination is not { } gone || !untried.Remove(gone) || untried is [])
            {
                return;
            }

            context.Features.Set<IForwarderErrorFeature>(null);
            context.Response.StatusCode = StatusCodes.Status200OK;
        }
    }

    private static bool WasRefused(HttpContext context) =>
        !context.Response.HasStarted
        && context.GetForwarderErrorFeature()?.Exception is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError };
}
