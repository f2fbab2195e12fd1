using System.Security.Cryptography;
using System.Text;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Telemetry;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Access;

/// <summary>Lets only those in who send the shared key. What is anonymous says so on its endpoint; a path that does not exist needs the key too.</summary>
internal sealed class GatewayKeyMiddleware(RequestDelegate next, IOptions<GatewayOptions> options, GatewayMetrics metrics)
{
    private const string Scheme = "Bearer ";

    // Digests are compared, so that neither content nor length shows in the time it takes.
    private readonly byte[] _key = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key));
    private readonly byte[]? _adminKey = options.Value.AdminKey is { } key ? SHA256.HashData(Encoding.UTF8.GetBytes(key)) : null;

    public Task InvokeAsync(HttpContext context)
    {
        var metadata = context.GetEndpoint()?.Metadata;
        var wanted = metadata?.GetMetadata<RequiresAdminKey>() is null ? _key : _adminKey;
        if (metadata?.GetMetadata<IAllowAnonymous>() is not null || HasKey(context.Request, wanted))
        {
            return next(context);
        }

        metrics.Refused();
        return GatewayErrors.WriteAsync(context, GatewayError.Unauthorized);
    }

    private static bool HasKey(HttpRequest request, byte[]? wanted)
    {
        var header = request.Headers.Authorization.ToString();
        return wanted is not null
            && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), wanted);
    }
}
