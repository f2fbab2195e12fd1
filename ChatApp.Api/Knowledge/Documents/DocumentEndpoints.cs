using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Errors;
using ChatApp.Api.Knowledge.Uploads;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace ChatApp.Api.Knowledge.Documents;

internal static class DocumentEndpoints
{
    public static void MapDocuments(this IEndpointRouteBuilder routes)
    {
        routes.MapUploads();
        var places = routes.MapGroup("/api").WithTags("Documents").RequireAuthorization().TakesKeys(ApiScope.Documents)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status404NotFound);
        places.MapGet("/conversations/{id:guid}/documents", ListOfConversation)
            .WithName("ListConversationDocuments").WithSummary("The documents attached to a conversation of yours, newest first.");
        places.MapGet("/characters/{id:guid}/documents", ListOfCharacter)
            .WithName("ListCharacterDocuments").WithSummary("The documents that a character knows, newest first.");

        var group = places.MapGroup("/documents/{id:guid}");
        group.MapGet("/", Get)
            .WithName("GetDocument").WithSummary("One document: what it is, and how far it is read.");
        group.MapDelete("/", Delete)
            .WithName("DeleteDocument").WithSummary("Deletes a document with everything that was found in it.")
            .ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapGet("/content", Content)
            .WithName("GetDocumentContent").WithSummary("The document as it was uploaded, to be saved as a file.")
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        group.MapGet("/chunks", ListChunks)
            .WithName("ListDocumentChunks").WithSummary("The pieces of a document, in reading order.");
        group.MapGet("/chunks/{chunkId:guid}", GetChunk)
            .WithName("GetDocumentChunk").WithSummary("One piece of a document, with its neighbours: what an answer's [1] leads to.");
    }

    private static Task<Results<Ok<Page<Document>>, ValidationProblem, ProblemHttpResult>> ListOfConversation(
        Guid id,
        ClaimsPrincipal principal,
        DocumentStore documents,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null) =>
        ListAsync(DocumentPlace.OfConversation(id), "conversation", principal, documents, limit, cursor, cancellationToken);

    private static Task<Results<Ok<Page<Document>>, ValidationProblem, ProblemHttpResult>> ListOfCharacter(
        Guid id,
        ClaimsPrincipal principal,
        DocumentStore documents,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null) =>
        ListAsync(DocumentPlace.OfCharacter(id), "character", principal, documents, limit, cursor, cancellationToken);

    private static async Task<Results<Ok<Page<Document>>, ValidationProblem, ProblemHttpResult>> ListAsync(
        DocumentPlace place, string what, ClaimsPrincipal principal, DocumentStore documents, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!Cursor.TryDecode(CursorList.Documents, cursor, out var after))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        return await documents.ListAsync(place, principal.UserId, after, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : Problems.NotFound(what);
    }

    private static async Task<Results<Ok<Document>, ProblemHttpResult>> Get(
        Guid id, ClaimsPrincipal principal, DocumentStore documents, CancellationToken cancellationToken) =>
        await documents.FindAsync(id, principal.UserId, cancellationToken) is { } document
            ? TypedResults.Ok(document)
            : Problems.NotFound("document");

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        Guid id, ClaimsPrincipal principal, DocumentStore documents, CancellationToken cancellationToken) =>
        await documents.DeleteAsync(id, principal.UserId, DocumentRoles.MayDeleteAny(principal), cancellationToken) switch
        {
            null => Problems.NotFound("document"),
            false => TypedResults.Problem(
                statusCode: StatusCodes.Status403Forbidden, detail: "Whoever uploaded this document may delete it, and administrators."),
            _ => TypedResults.NoContent(),
        };

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> Content(
        Guid id, ClaimsPrincipal principal, DocumentStore documents, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(id, principal.UserId, cancellationToken) is not { } document)
        {
            return Problems.NotFound("document");
        }

        // Never shown by a browser: somebody else may have written it, and it may hold script.
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(document.Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers.CacheControl = "private, no-cache";
        response.ContentType = "application/octet-stream";
        response.ContentLength = document.Bytes;
        await documents.CopyContentAsync(id, response.Body, cancellationToken);
        return TypedResults.Empty;
    }

    private static async Task<Results<Ok<Page<DocumentChunk>>, ValidationProblem, ProblemHttpResult>> ListChunks(
        Guid id,
        ClaimsPrincipal principal,
        DocumentStore documents,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null)
    {
        if (!Cursor.TryDecode(CursorList.DocumentChunks, cursor, out var after))
        {
            return Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);
        }

        return await documents.ListChunksAsync(id, principal.UserId, after, limit, cancellationToken) is { } page
            ? TypedResults.Ok(page)
            : Problems.NotFound("document");
    }

    private static async Task<Results<Ok<DocumentChunk>, ProblemHttpResult>> GetChunk(
        Guid id, Guid chunkId, ClaimsPrincipal principal, DocumentStore documents, CancellationToken cancellationToken) =>
        await documents.FindChunkAsync(id, chunkId, principal.UserId, cancellationToken) is { } chunk
            ? TypedResults.Ok(chunk)
            : Problems.NotFound("piece of this document");
}
