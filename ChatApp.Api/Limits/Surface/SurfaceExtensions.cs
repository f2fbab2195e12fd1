using ChatApp.Api.Limits.Requests;
using ChatApp.ServiceDefaults.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Limits.Surface;

/// <summary>What the service takes in before any feature sees it, and what it sends with every answer.</summary>
internal static class SurfaceExtensions
{
    /// <summary>Bytes of a body, where a route does not say otherwise.</summary>
    public const int MaxRequestBody = 256 * 1024;

    /// <summary>Objects and lists inside each other, in what is read and written.</summary>
    public const int MaxJsonDepth = 16;

    // What signs people in and changes their account is a handful of short fields.
    private const int MaxAccountBody = 32 * 1024;

    private static readonly PathString[] AccountPaths = ["/api/auth", "/api/me"];
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    private static readonly string[] RequestHeaders = ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "Last-Event-ID"];
    private static readonly string[] AnswerHeaders = ["ETag", "Location", "Retry-After", RateLimitHeaders.Limit, RateLimitHeaders.Policy];

    /// <summary>Bounds what Kestrel reads.</summary>
    public static void AddRequestBounds(this WebApplicationBuilder builder) => builder.WebHost.ConfigureKestrel(static kestrel =>
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaxRequestBody;
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 64;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
    });

    public static void AddSurface(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.ConfigureHttpJsonOptions(static json => json.SerializerOptions.MaxDepth = MaxJsonDepth);
        // The site and the platform's ingress stand in front of this service; without what they forward, all people would share
        // one address and its limit.
        services.AddProxyHeaders();
        services.AddOptions<CorsOptions>().BindConfiguration(CorsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<CorsOptions>>(static (cors, own) => cors.AddDefaultPolicy(policy =>
        {
            // Without credentials: callers send a token, which no browser adds by itself.
            policy.WithOrigins([.. own.Value.Origins]).WithMethods(Methods).WithHeaders(RequestHeaders).WithExposedHeaders(AnswerHeaders)
                .SetPreflightMaxAge(TimeSpan.FromHours(1));
        }));
    }

    /// <summary>Before everything else: also errors have headers.</summary>
    public static void UseSurface(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseApiHeaders();
        app.UseHsts();
    }

    /// <summary>After what makes errors into answers.</summary>
    public static void UseCallers(this WebApplication app)
    {
        app.UseCors();
        app.Use(static (context, next) =>
        {
            if (Array.Exists(AccountPaths, path => context.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
                && context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            {
                size.MaxRequestBodySize = MaxAccountBody;
            }

            return next(context);
        });
    }
}
