using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Accounts.Tokens;

internal static class TokenExtensions
{
    private static readonly TimeSpan PublishedFor = TimeSpan.FromMinutes(5);

    /// <summary>Access tokens, and the keys that they are signed with.</summary>
    public static void AddAccessTokens(this IServiceCollection services)
    {
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton<SigningKeyRing>();
        services.AddHostedService<SigningKeyRotation>();
        services.AddSingleton<AccessTokens>();
        services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<AccessTokens>(static (options, tokens) =>
            {
                options.TokenValidationParameters = tokens.Validation;
                // Nobody asks for it again, and a request may last as long as a turn.
                options.SaveToken = false;
                options.Events = new JwtBearerEvents { OnMessageReceived = TokenAcceptance.ReadyAsync, OnTokenValidated = TokenAcceptance.Judge };
            });
    }

    public static void MapSigningKeys(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/.well-known/jwks.json", Keys).WithTags("Accounts").AllowAnonymous()
            .WithName("GetSigningKeys").WithSummary("The public keys that access tokens are checked with, as a JSON Web Key Set (RFC 7517).");

    private static async Task<Ok<PublicSigningKeys>> Keys(SigningKeyRing ring, HttpResponse response, CancellationToken cancellationToken)
    {
        await ring.ReadyAsync(cancellationToken);
        response.GetTypedHeaders().CacheControl = new() { Public = true, MaxAge = PublishedFor };
        return TypedResults.Ok(ring.Public);
    }
}
