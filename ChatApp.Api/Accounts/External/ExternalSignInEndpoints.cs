using ChatApp.Api.Errors;
using ChatApp.Api.Limits.Attempts;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using EntryResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<ChatApp.Api.Accounts.SignedIn>,
    Microsoft.AspNetCore.Http.HttpResults.Accepted<ChatApp.Api.Accounts.SecondFactor.SecondFactorWanted>,
    Microsoft.AspNetCore.Http.HttpResults.ValidationProblem,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult>;

namespace ChatApp.Api.Accounts.External;

internal static class ExternalSignInEndpoints
{
    public static void MapExternalSignIn(this RouteGroupBuilder group)
    {
        group.MapGet("/auth/providers", List).AllowAnonymous()
            .WithName("ListProviders").WithSummary("Where else people may sign in.");
        group.MapPost("/auth/external/{provider}", Start).AllowAnonymous().LimitAttempts(AttemptKind.SignUp)
            .WithName("StartExternalSignIn").WithSummary("The way to a provider's page.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status502BadGateway);
        group.MapPost("/auth/external/{provider}/callback", Finish).AllowAnonymous().LimitAttempts(AttemptKind.SignUp)
            .WithName("FinishExternalSignIn").WithSummary("Signs in whoever came back from a provider; makes an account for somebody new.")
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status429TooManyRequests).ProducesProblem(StatusCodes.Status502BadGateway);
    }

    private static Ok<Providers> List(IOptions<ExternalOptions> options) =>
        TypedResults.Ok(new Providers([.. options.Value.Providers.Select(static provider => new Provider(provider.Name, provider.Label))]));

    private static async Task<Results<Ok<ExternalStart>, ValidationProblem, ProblemHttpResult>> Start(
        string provider, ExternalStartRequest request, IOptions<ExternalOptions> options, ExternalSignIn external, CancellationToken cancellationToken)
    {
        if (options.Value.Find(provider) is not { } known)
        {
            return Problems.NotFound("provider");
        }

        if (!external.IsOurs(known, request.RedirectUri))
        {
            return Problems.Invalid("redirectUri", "This is not the page of this site that people come back to.");
        }

        try
        {
            return TypedResults.Ok(await external.StartAsync(known, request.RedirectUri, userId: null, cancellationToken));
        }
        catch (ExternalSignInException failure)
        {
            return external.Problem(known, failure);
        }
    }

    private static async Task<EntryResult> Finish(
        string provider,
        ExternalCallback callback,
        HttpContext context,
        IOptions<ExternalOptions> options,
        ExternalSignIn external,
        ExternalEntry entry,
        CancellationToken cancellationToken)
    {
        if (options.Value.Find(provider) is not { } known)
        {
            return Problems.NotFound("provider");
        }

        try
        {
            return await entry.EnterAsync(known, await external.FinishAsync(known, callback, userId: null, cancellationToken), context, cancellationToken);
        }
        catch (ExternalSignInException failure)
        {
            return external.Problem(known, failure);
        }
    }
}
