using System.Net.Http.Headers;
using ChatApp.Web.Session;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using Yarp.ReverseProxy.Transforms;

namespace ChatApp.Web.Forwarding;

/// <summary>
/// Passes <c>/api/**</c> on to the Api in the name of the signed-in user, so that the browser's only origin is this site and
/// its script never holds a token.
/// </summary>
/// <remarks>
/// <c>/api/auth/**</c> is not passed on: it answers with tokens, which the pages take server-side and keep in the cookie. API
/// clients call the Api itself.
/// </remarks>
internal static partial class ApiForwarding
{
    /// <summary>The path under which everything is passed on.</summary>
    public const string Prefix = "/api";

    /// <summary>The name of the only cluster: the processes of the Api.</summary>
    public const string ClusterId = "api";

    private const long LargestBody = 1024 * 1024;

    // An event stream is silent for at most 15 s, the Api's heartbeat: a minute of silence is a dead connection.
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    /// <summary>Adds the forwarder.</summary>
    public static void AddApiForwarding(this IHostApplicationBuilder builder) =>
        builder.Services.AddReverseProxy()
            .LoadFromMemory([Route, .. UploadRoutes.All], [Cluster])
            .AddTransforms(context =>
            {
                context.AddRequestTransform(SpeakForUser);
                context.AddResponseTransform(RefusedTokens.HoldBack);
            })
            .AddServiceDiscoveryDestinationResolver();

    /// <summary>Maps the forwarded paths.</summary>
    public static void MapApiForwarding(this IEndpointRouteBuilder routes)
    {
        routes.Map($"{Prefix}/auth/{{**rest}}", () => Results.Problem(
            statusCode: StatusCodes.Status404NotFound,
            detail: "Sign in on the site's own pages; API clients call the Api itself."));

        routes.MapReverseProxy(proxy =>
        {
            proxy.Use(RefuseOtherSites);
            proxy.Use(TellFailures);
            proxy.Use(RefusedTokens.AskAgain);
            proxy.Use(ApiFailover.TryOthers);
            proxy.UseLoadBalancing();
        });
    }

    private static RouteConfig Route => new()
    {
        RouteId = "api",
        ClusterId = ClusterId,
        Match = new RouteMatch { Path = $"{Prefix}/{{**rest}}" },
        MaxRequestBodySize = LargestBody,
    };

    private static ClusterConfig Cluster => new()
    {
        ClusterId = ClusterId,
        Destinations = new Dictionary<string, DestinationConfig> { ["api"] = new() { Address = "http://api" } },
        HttpRequest = new ForwarderRequestConfig { ActivityTimeout = LongestSilence },
        HealthCheck = ApiFailover.HealthCheck,
    };

    // Whatever the browser says of who it is goes no further: the cookie is ours, and the token comes out of it, renewed by now if
    // it was near its end (see SessionCookie).
    private static ValueTask SpeakForUser(RequestTransformContext context)
    {
        var headers = context.ProxyRequest.Headers;
        headers.Remove("Cookie");
        headers.Authorization = context.HttpContext.User.Held?.SignedIn.AccessToken is { } token
            ? new AuthenticationHeaderValue("Bearer", token)
            : null;
        return ValueTask.CompletedTask;
    }

    // The forwarder's own log tells of every reader that went away too, with a stack trace (see appsettings.json).
    private static async Task TellFailures(HttpContext context, RequestDelegate next)
    {
        await next(context);
        if (context.GetForwarderErrorFeature() is { } failure && !context.RequestAborted.IsCancellationRequested)
        {
            var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ApiForwarding));
            LogFailure(logger, failure.Error, failure.Exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A request could not be forwarded to the Api: {Error}")]
    private static partial void LogFailure(ILogger logger, ForwarderError error, Exception? exception);

    private static async Task RefuseOtherSites(HttpContext context, RequestDelegate next)
    {
        if (SameOrigin.Allows(context.Request))
        {
            await next(context);
            return;
        }

        await Results.Problem(
            statusCode: StatusCodes.Status403Forbidden,
            detail: SameOrigin.Refusal).ExecuteAsync(context);
    }
}
