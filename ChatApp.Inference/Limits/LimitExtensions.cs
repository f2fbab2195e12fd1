using System.Threading.RateLimiting;
using ChatApp.Inference.Errors;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Limits;

/// <summary>The bounds on what a caller can ask for at once.</summary>
internal static class LimitExtensions
{
    /// <summary>The policy of the endpoints that reach an engine.</summary>
    public const string EnginePolicy = "engines";

    public static void AddLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IOptions<GatewayOptions>>(static (kestrel, gateway) =>
        {
            kestrel.Limits.MaxRequestBodySize = gateway.Value.MaxRequestBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.MaxRequestHeaderCount = 50;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        });

        builder.Services.AddRateLimiter();
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IOptions<GatewayOptions>>(static (limiter, gateway) =>
        {
            // A call holds its permit until its answer has ended, streams included.
            limiter.AddConcurrencyLimiter(EnginePolicy, concurrency =>
            {
                concurrency.PermitLimit = gateway.Value.MaxConcurrentRequests;
                concurrency.QueueLimit = 0;
                concurrency.QueueProcessingOrder = QueueProcessingOrder.OldestFirst;
            });
            limiter.OnRejected = static async (context, _) =>
            {
                context.HttpContext.Response.Headers.RetryAfter = "1";
                await GatewayErrors.WriteAsync(context.HttpContext, GatewayError.TooManyRequests);
            };
        });
    }
}
