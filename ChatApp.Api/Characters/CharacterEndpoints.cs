using System.ComponentModel.DataAnnotations;
using ChatApp.Api.Errors;
using ChatApp.Api.Paging;
using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Characters;

internal static class CharacterEndpoints
{
    public static void AddCharacters(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<CharacterStore>();

    public static void MapCharacters(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/characters").WithTags("Characters").AllowAnonymous();

        group.MapGet("/", List)
            .WithName("ListCharacters").WithSummary("The characters to talk with, in the order they are offered.");
        group.MapGet("/{id:guid}", Get)
            .WithName("GetCharacter").WithSummary("One character.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Page<Character>>, ValidationProblem>> List(
        CharacterStore characters,
        CancellationToken cancellationToken,
        [Range(1, PageLimits.Max)] int limit = PageLimits.Default,
        string? cursor = null) =>
        Cursor.TryDecode(CursorList.Characters, cursor, out var after)
            ? TypedResults.Ok(await characters.ListAsync(after, limit, cancellationToken))
            : Problems.Invalid(nameof(cursor), PageLimits.CursorMessage);

    private static async Task<Results<Ok<Character>, ProblemHttpResult>> Get(
        Guid id, CharacterStore characters, CancellationToken cancellationToken) =>
        await characters.FindAsync(id, cancellationToken) is { } character
            ? TypedResults.Ok(character)
            : Problems.NotFound("character");
}
