using System.Text.Json.Nodes;

namespace ChatApp.Tests.Memory.Index;

/// <summary>A collection that searches as Qdrant does: products of sparse vectors with the terms' rarity, cosines, reciprocal ranks.</summary>
internal sealed class FakeCollection
{
    private readonly Dictionary<Guid, FakePoint> _points = [];
    private readonly HashSet<string> _sparse;
    private readonly int? _dense;

    public FakeCollection(JsonNode? body)
    {
        var spec = body.Object("vectors", "sparse_vectors", "hnsw_config", "on_disk_payload");
        foreach (var (name, vector) in spec["vectors"]!.AsObject())
        {
            var dense = vector.Object("size", "distance");
            _dense = name == "dense" && dense["distance"].Text() == "Cosine" ? (int)dense["size"].Whole(1) : throw StrictJson.Wrong(name);
        }

        _sparse = [.. spec["sparse_vectors"]!.AsObject().Select(static v => v.Value.Object("modifier")["modifier"].Text() == "idf" ? v.Key : throw StrictJson.Wrong(v.Key))];
        var graph = spec["hnsw_config"].Object("m", "payload_m");
        (graph["m"].Whole(), graph["payload_m"].Whole(), spec["on_disk_payload"].Flag()).ToString();
    }

    /// <summary>Indexed fields, by their schema.</summary>
    public Dictionary<string, string> Fields { get; } = [];

    public IReadOnlyCollection<FakePoint> Points => _points.Values;

    public void Index(JsonNode? body)
    {
        var index = body.Object("field_name", "field_schema");
        var schema = index["field_schema"].Object("type", "is_tenant?");
        var type = schema["type"].Text();
        if (type is not ("keyword" or "uuid"))
        {
            throw StrictJson.Wrong($"unknown variant `{type}`");
        }

        if (_points.Count > 0 && !Fields.ContainsKey(index["field_name"].Text()))
        {
            // The real one takes it, and never builds the graphs of what is there already.
            throw new QdrantRefusal(400, "An index comes before the points.");
        }

        Fields[index["field_name"].Text()] = schema["is_tenant"]?.Flag() == true ? $"{type}, tenant" : type;
    }

    public void Upsert(JsonNode? body)
    {
        var upsert = body.Object("points", "update_filter");
        var filter = FakeFilter.Parse(upsert["update_filter"]);
        var points = upsert["points"].Array().Select(Point).ToList();
        foreach (var point in points)
        {
            if ((string?)point.Payload["tenant"] != filter.Tenant)
            {
                throw new QdrantRefusal(403, "A point of another tenant.");
            }

            if (!_points.TryGetValue(point.Id, out var before) || filter.Lets(before))
            {
                _points[point.Id] = point;
            }
        }
    }

    public void Delete(JsonNode? body)
    {
        var filter = FakeFilter.Parse(body.Object("filter")["filter"]);
        foreach (var point in _points.Values.Where(filter.Lets).ToList())
        {
            _points.Remove(point.Id);
        }
    }

    public int Count(JsonNode? body)
    {
        var count = body.Object("filter", "exact");
        count["exact"].Flag();
        var filter = FakeFilter.Parse(count["filter"]);
        return _points.Values.Count(filter.Lets);
    }

    public JsonArray Query(JsonNode? body)
    {
        var query = body.Object("prefetch", "query", "filter", "limit", "with_payload");
        var k = query["query"].Object("rrf")["rrf"].Object("k")["k"].Whole(1);
        var filter = FakeFilter.Parse(query["filter"]);
        var limit = (int)query["limit"].Whole(1);
        if (query["with_payload"].Flag())
        {
            throw new QdrantRefusal(400, "Nobody reads the payload.");
        }

        var scores = new Dictionary<Guid, double>();
        foreach (var leg in query["prefetch"].Array())
        {
            foreach (var (point, place) in Leg(leg.Object("query", "using", "filter", "limit"), filter).Select(static (p, i) => (p, i)))
            {
                scores[point.Id] = scores.GetValueOrDefault(point.Id) + (1.0 / (k + place));
            }
        }

        return [.. scores.OrderByDescending(static s => s.Value).Take(limit).Select(static s => (JsonNode)new JsonObject { ["id"] = s.Key.ToString(), ["version"] = 1, ["score"] = s.Value })];
    }

    private static Dictionary<uint, float> Sparse(JsonNode? node)
    {
        var vector = node.Object("indices", "values");
        var indices = vector["indices"].Array().Select(static i => i.Whole()).ToList();
        var values = vector["values"].Array().Select(static v => v.Real()).ToList();
        return indices.Count == values.Count && indices.Distinct().Count() == indices.Count && indices.TrueForAll(static i => i <= uint.MaxValue)
            ? indices.Zip(values).ToDictionary(static p => (uint)p.First, static p => p.Second)
            : throw new QdrantRefusal(422, "Validation error in JSON body: indices are unique, and as many as values");
    }

    private static double Cosine(float[] left, float[] right)
    {
        double product = 0, one = 0, other = 0;
        for (var i = 0; i < left.Length; i++)
        {
            product += left[i] * right[i];
            one += left[i] * left[i];
            other += right[i] * right[i];
        }

        return product / Math.Sqrt(one * other);
    }

    private FakePoint Point(JsonNode? node)
    {
        var point = node.Object("id", "vector", "payload");
        var sparse = new Dictionary<string, IReadOnlyDictionary<uint, float>>();
        float[]? dense = null;
        foreach (var (name, vector) in point["vector"]!.AsObject())
        {
            if (_sparse.Contains(name))
            {
                sparse[name] = Sparse(vector);
            }
            else
            {
                dense = name == "dense" && _dense is not null ? Dense(vector) : throw new QdrantRefusal(400, $"Wrong input: Not existing vector name error: {name}");
            }
        }

        return new FakePoint(point["id"].Id(), sparse, dense, point["payload"].Object("tenant", "message?", "fence").DeepClone().AsObject());
    }

    private float[] Dense(JsonNode? node)
    {
        float[] vector = [.. node.Array().Select(static v => v.Real())];
        return vector.Length == _dense ? vector : throw new QdrantRefusal(400, $"Wrong input: Vector dimension error: expected dim: {_dense}, got {vector.Length}");
    }

    private IEnumerable<FakePoint> Leg(JsonObject leg, FakeFilter filter)
    {
        var own = FakeFilter.Parse(leg["filter"]);
        var candidates = _points.Values.Where(p => own.Lets(p) && filter.Lets(p));
        var name = leg["using"].Text();
        return (_sparse.Contains(name) ? BySparse(candidates, name, Sparse(leg["query"])) : ByDense(candidates, name, Dense(leg["query"])))
            .OrderByDescending(static s => s.Score).Take((int)leg["limit"].Whole(1)).Select(static s => s.Point);
    }

    private IEnumerable<(FakePoint Point, double Score)> BySparse(IEnumerable<FakePoint> candidates, string name, Dictionary<uint, float> wanted)
    {
        // Over everybody's points, as it is before 1.19.
        double total = _points.Count;
        var weights = wanted.ToDictionary(static w => w.Key, w =>
        {
            var with = _points.Values.Count(p => p.Sparse[name].ContainsKey(w.Key));
            return w.Value * Math.Log(((total - with + 0.5) / (with + 0.5)) + 1);
        });
        return candidates.Where(p => wanted.Keys.Any(p.Sparse[name].ContainsKey))
            .Select(p => (p, weights.Sum(w => w.Value * p.Sparse[name].GetValueOrDefault(w.Key))));
    }

    private static IEnumerable<(FakePoint Point, double Score)> ByDense(IEnumerable<FakePoint> candidates, string name, float[] wanted) =>
        name == "dense" ? candidates.Where(static p => p.Dense is not null).Select(p => (p, Cosine(p.Dense!, wanted))) : throw new QdrantRefusal(400, "Wrong input: Not existing vector name error");
}
