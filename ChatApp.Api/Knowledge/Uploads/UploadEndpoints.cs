using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Knowledge.Reading;
using ChatApp.Api.Moderation;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Knowledge.Uploads;

internal static class UploadEndpoints
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static void MapUploads(this IEndpointRouteBuilder routes)
    {
        var most = routes.ServiceProvider.GetRequiredService<IOptions<KnowledgeOptions>>().Value.MaxDocumentBytes + UploadReader.FormOverhead;
        var group = routes.MapGroup("/api").WithTags("Documents").RequireAuthorization().TakesKeys(ApiScope.Documents)
            .WithMetadata(new RequestSizeLimitAttribute(most))
            .WithMetadata(new AcceptsMetadata(["multipart/form-data"], typeof(IFormFile)))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status202Accepted, typeof(Document), ["application/json"]))
            .WithMetadata(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(Document), ["application/json"]))
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

        group.MapPost("/conversations/{id:guid}/documents", UploadToConversation)
            .WithName("UploadConversationDocument").WithSummary("Attaches a document to a conversation of yours; it is read in the background.");
        group.MapPost("/characters/{id:guid}/documents", UploadToCharacter)
            .WithName("UploadCharacterDocument").WithSummary("Gives a character a document to know; for creators and administrators.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
    }

    private static Task<IResult> UploadToConversation(
        Guid id, HttpRequest request, ClaimsPrincipal principal, [AsParameters] UploadServices services, CancellationToken cancellationToken) =>
        UploadAsync(DocumentPlace.OfConversation(id), "conversation", request, principal, services, cancellationToken);

    private static async Task<IResult> UploadToCharacter(
        Guid id, HttpRequest request, ClaimsPrincipal principal, [AsParameters] UploadServices services, CancellationToken cancellationToken) =>
        DocumentRoles.MayUpload(principal)
            ? await UploadAsync(DocumentPlace.OfCharacter(id), "character", request, principal, services, cancellationToken)
            : TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, detail: "Creators and administrators give characters documents. Attach this one to a conversation instead.");

    private static async Task<IResult> UploadAsync(
        DocumentPlace place, string what, HttpRequest request, ClaimsPrincipal principal, UploadServices services, CancellationToken cancellationToken)
    {
        var userId = principal.UserId;
        using var slot = services.Slots.TryTake(userId);
        if (slot is null)
        {
            return Problems.Unavailable("Too many documents arrive at once. Send this one again in a moment.");
        }

        // Asked before anything is taken in, and again when it is kept.
        if (!await services.Documents.ExistsAsync(place, userId, cancellationToken))
        {
            return Problems.NotFound(what);
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            await using var upload = await services.Reader.ReadAsync(request, patience.Token);
            var format = UploadFormat.Detect(upload);
            if (await services.Written.RefusalAsync(ModerationSource.Document, upload.Name, userId, principal.Role, place.CharacterId, patience.Token) is { } blocked)
            {
                return blocked;
            }

            var accepted = await services.Acceptance.AddAsync(place, userId, upload, format, patience.Token);
            if (accepted.Document is not { } document)
            {
                return accepted.Refusal is { } refusal ? Problems.Conflict(refusal) : Problems.NotFound(what);
            }

            if (!accepted.IsNew)
            {
                return TypedResults.Ok(document);
            }

            // Null in a process that only answers HTTP: the workers look every few seconds.
            services.Services.GetService<DocumentWork>()?.Wake();
            return TypedResults.Accepted($"/api/documents/{document.Id}", document);
        }
        catch (UploadException exception)
        {
            return TypedResults.Problem(statusCode: exception.StatusCode, detail: exception.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status408RequestTimeout, detail: "The document took too long to arrive. Send it again.");
        }
    }
}
