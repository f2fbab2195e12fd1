using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>Documents of a conversation or a character. How far each is read is the test's to say.</summary>
internal sealed class FakeDocuments
{
    public static readonly Guid[] Chunks = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];

    private readonly ConcurrentDictionary<string, FakeDocument> _items = [];

    public ICollection<FakeDocument> Items => _items.Values;

    /// <summary>What becomes of a document once it was asked after.</summary>
    public Func<FakeDocument, FakeDocument> Read { get; set; } = document => document with { Status = "ready", Progress = new(3, 3), Pages = 2 };

    /// <summary>The words of the chunk with this place.</summary>
    public Func<int, string> ChunkText { get; set; } = place => $"Piece {place}.";

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var owners in (string[])["conversations", "characters"])
        {
            routes.MapGet($"/api/{owners}/{{id:guid}}/documents", () => new { items = Items.OrderBy(item => item.Id), nextCursor = (string?)null });
            routes.MapPost($"/api/{owners}/{{id:guid}}/documents", TakeAsync);
        }

        routes.MapGet("/api/documents/{id:guid}", (Guid id) => Items.FirstOrDefault(item => item.Id == id) is { } item
            ? Results.Ok(_items[item.Name] = Read(item))
            : Results.Problem(statusCode: 404));
        routes.MapDelete("/api/documents/{id:guid}", (Guid id) =>
        {
            if (Items.FirstOrDefault(item => item.Id == id) is { } item)
            {
                _items.TryRemove(item.Name, out _);
            }

            return Results.NoContent();
        });
        routes.MapGet("/api/documents/{id:guid}/chunks/{chunk:guid}", (Guid id, Guid chunk) =>
        {
            var place = Array.IndexOf(Chunks, chunk);
            return place < 0
                ? Results.Problem(statusCode: 404, detail: "There is no such piece.")
                : Results.Ok(new
                {
                    id = chunk, documentId = id, ordinal = place, heading = "Ropes › Knots", page = place + 1, text = ChunkText(place),
                    previousChunkId = place > 0 ? Chunks[place - 1] : (Guid?)null, nextChunkId = place < 2 ? Chunks[place + 1] : (Guid?)null,
                });
        });
    }

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        var file = (await request.ReadFormAsync()).Files.Single();
        if (file.FileName.StartsWith("too-many", StringComparison.Ordinal))
        {
            return Results.Problem(statusCode: 409, detail: "This conversation has as many documents as it may have.");
        }

        return Results.Json(_items[file.FileName] = new FakeDocument(Guid.CreateVersion7(), file.FileName, file.Length, "queued", new(0, 0)), statusCode: 202);
    }
}
