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
    private readonly byte[] _expected = SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Key));

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || HasKey(context.Request))
        {
            return next(context);
        }

        metrics.Refused();
        return GatewayErrors.WriteAsync(context, GatewayError.Unauthorized);
    }

    private bool HasKey(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), _expected);
    }
}
