using System.Text.Json;
using System.Text.Json.Nodes;
using ChatApp.Api.Memory.Index.Qdrant.Wire;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>
/// One scope's points in a collection: the only class that asks for points, changes them or makes a filter. It cannot exist without a
/// scope, and puts it into every request, so that no request is about anybody else's, or everybody's.
/// </summary>
internal sealed class QdrantTenant
{
    // Places beyond a leg's end count for nothing, so legs are longer than what is asked for.
    private const int ShortestLeg = 100;

    // Small, so that the first places stand out: the larger it is, the fewer of what was said are found among the first ten.
    private static readonly Fusion ByRank = new(new ReciprocalRank(2));

    private readonly QdrantConnection _connection;
    private readonly QdrantOptions _options;
    private readonly QdrantCollection _collection;
    private readonly string _tenant;
    private readonly PointCondition _mine;

    public QdrantTenant(QdrantConnection connection, QdrantOptions options, QdrantCollection collection, MemoryScope scope)
    {
        // A scope that was never made, default(MemoryScope), is nobody's.
        var made = new MemoryScope(scope.UserId, scope.CharacterId);
        _connection = connection;
        _options = options;
        _collection = collection;
        _tenant = $"{made.UserId:N}:{made.CharacterId:N}";
        _mine = new PointCondition(QdrantCollections.TenantField, new FieldMatch(_tenant));
    }

    /// <summary>Stores memories under a claim. Those that a later claim has written stay as they are.</summary>
    public async Task UpsertAsync(IReadOnlyList<MemoryPoint> memories, long fence, CancellationToken cancellationToken)
    {
        if (memories.Count == 0)
        {
            return;
        }

        var points = memories.Select(memory => new Point(
            memory.Id,
            new PointVectors(memory.Text, memory.Window, memory.Dense?.Length == _collection.Dense ? memory.Dense : null),
            new PointPayload(_tenant, memory.MessageId, fence))).ToList();
        await _connection.SendAsync(
            HttpMethod.Put, $"{Points}?wait=true", new PointUpsert(points, Until(fence)), QdrantJson.Default.PointUpsert, QdrantJson.Default.QdrantAnswerUpdateOutcome, _options.WriteTimeout, cancellationToken);
    }

    /// <summary>Takes memories away that no later claim has written.</summary>
    public Task DeleteAsync(IReadOnlyCollection<Guid> memories, long fence, CancellationToken cancellationToken) =>
        memories.Count == 0 ? Task.CompletedTask : DeleteAsync(Until(fence, new PointCondition(HasId: memories)), cancellationToken);

    /// <summary>Takes everything of the scope away that no later claim has written.</summary>
    public Task DeleteAllAsync(long fence, CancellationToken cancellationToken) => DeleteAsync(Until(fence), cancellationToken);

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await _connection.SendAsync(
        HttpMethod.Post, $"{Points}/count", new PointCount(new PointFilter([_mine], null), Exact: true), QdrantJson.Default.PointCount, QdrantJson.Default.QdrantAnswerCounted, _options.WriteTimeout, cancellationToken)).Result.Count;

    /// <summary>The best matches of the scope, best first; none when there is nothing to look for.</summary>
    public async Task<IReadOnlyList<FoundPoint>> QueryAsync(
        SparseVector terms, float[]? dense, IReadOnlySet<Guid> withoutMessages, int limit, CancellationToken cancellationToken)
    {
        var filter = new PointFilter(
            [_mine], withoutMessages.Count == 0 ? null : [new PointCondition(QdrantCollections.MessageField, new FieldMatch(Any: withoutMessages))]);
        var length = Math.Max(ShortestLeg, limit * 2);
        var legs = new List<QueryLeg>(3);
        if (terms.Indices.Length > 0)
        {
            legs.Add(new QueryLeg(Json(terms), QdrantCollections.TextVector, filter, length));
            legs.Add(new QueryLeg(Json(terms), QdrantCollections.WindowVector, filter, length));
        }

        if (dense is not null && dense.Length == _collection.Dense)
        {
            legs.Add(new QueryLeg(JsonSerializer.SerializeToNode(dense, QdrantJson.Default.SingleArray)!, QdrantCollections.DenseVector, filter, length));
        }

        return legs.Count == 0 ? [] : (await _connection.SendAsync(
            HttpMethod.Post, $"{Points}/query", new PointQuery(legs, ByRank, filter, limit, WithPayload: false), QdrantJson.Default.PointQuery, QdrantJson.Default.QdrantAnswerFoundPoints, _options.SearchTimeout, cancellationToken)).Result.Points;
    }

    private string Points => $"{QdrantCollections.Path(_collection.Name)}/points";

    private static JsonNode Json(SparseVector terms) => JsonSerializer.SerializeToNode(terms, QdrantJson.Default.SparseVector)!;

    private PointFilter Until(long fence, PointCondition? more = null)
    {
        var until = new PointCondition(QdrantCollections.FenceField, Range: new FieldRange(fence));
        return new PointFilter(more is null ? [_mine, until] : [_mine, until, more], null);
    }

    private async Task DeleteAsync(PointFilter filter, CancellationToken cancellationToken) => await _connection.SendAsync(
        HttpMethod.Post, $"{Points}/delete?wait=true", new PointDeletion(filter), QdrantJson.Default.PointDeletion, QdrantJson.Default.QdrantAnswerUpdateOutcome, _options.WriteTimeout, cancellationToken);
}
