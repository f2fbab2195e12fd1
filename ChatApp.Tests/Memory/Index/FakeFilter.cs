using System.Text.Json.Nodes;

namespace ChatApp.Tests.Memory.Index;

/// <summary>A filter, as far as the product uses them. One that lets several tenants through is refused, which the real server would not do.</summary>
internal sealed class FakeFilter
{
    private readonly List<Func<FakePoint, bool>> _must;
    private readonly List<Func<FakePoint, bool>> _mustNot;

    private FakeFilter(List<Func<FakePoint, bool>> must, List<Func<FakePoint, bool>> mustNot, string tenant)
    {
        _must = must;
        _mustNot = mustNot;
        Tenant = tenant;
    }

    public string Tenant { get; }

    public static FakeFilter Parse(JsonNode? node)
    {
        var filter = node.Object("must", "must_not?");
        var must = filter["must"].Array();
        var tenant = must.FirstOrDefault(static c => (string?)(c as JsonObject)?["key"] == "tenant")?["match"]?["value"];
        return new FakeFilter(
            [.. must.Select(Condition)],
            [.. filter["must_not"] is { } not ? not.Array().Select(Condition) : []],
            tenant is null ? throw new QdrantRefusal(403, "A request without a tenant.") : tenant.Text());
    }

    public bool Lets(FakePoint point) => _must.TrueForAll(c => c(point)) && !_mustNot.Exists(c => c(point));

    private static Func<FakePoint, bool> Condition(JsonNode? node)
    {
        if (node is JsonObject ids && ids.ContainsKey("has_id"))
        {
            var wanted = node.Object("has_id")["has_id"].Array().Select(static id => id.Id()).ToList();
            return wanted.Distinct().Count() == wanted.Count ? point => wanted.Contains(point.Id) : throw StrictJson.Wrong("has_id items are unique");
        }

        var condition = node.Object("key", "match?", "range?");
        var key = condition["key"].Text();
        if (condition["range"] is { } range)
        {
            var limit = range.Object("lte")["lte"].Whole();
            return point => point.Payload[key] is { } value && value.Whole() <= limit;
        }

        var match = condition["match"].Object("value?", "any?");
        if (match["value"] is { } one)
        {
            var text = one.Text();
            return point => (string?)point.Payload[key] == text;
        }

        var any = match["any"].Array().Select(static v => v.Text()).ToHashSet(StringComparer.Ordinal);
        return point => (string?)point.Payload[key] is { } value && any.Contains(value);
    }
}
