using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace ChatApp.Tests.Security;

/// <summary>
/// Makes requests of an OpenAPI document's operations: sometimes as described, mostly not quite. The same seed makes the same requests.
/// </summary>
internal sealed class OpenApiFuzzer(JsonNode description, IReadOnlyList<string> knownIds, int seed)
{
    private static readonly string[] Nasty =
    [
        "", " ", "a", "null", "true", "-1", "0", "99999999999999999999", "1e309", "NaN", "\0", "\u0000a", "\ud800", "\u202e", "'; DROP TABLE users; --", "\" OR 1=1",
        "../../../../etc/passwd", "..\\..\\windows", "%00", "%2e%2e%2f", "${jndi:ldap://a}", "{{7*7}}", "{{$user}}", "<script>alert(1)</script>", "javascript:alert(1)",
        "http://169.254.169.254/latest", "file:///etc/passwd", "a@b", "a@example.org\r\nBcc: x@example.org", "\r\nX-Injected: 1", "admin", "*", "[]", "{}", "2026-13-45T99:99:99Z",
        "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "🏴‍☠️", "ﷺ", "İ", "ß",
    ];

    private readonly Random _random = new(seed);
    private readonly (string Path, string Method, JsonObject Operation)[] _operations =
    [
        .. from path in description["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           where operation.Key is "get" or "post" or "put" or "patch" or "delete"
           select (path.Key, operation.Key.ToUpperInvariant(), operation.Value!.AsObject()),
    ];

    /// <summary>How many operations there are.</summary>
    public int Operations => _operations.Length;

    /// <summary>The next request, of the operations in turn, and what it was made of.</summary>
    public HttpRequestMessage Next(int number)
    {
        var (path, method, operation) = _operations[number % _operations.Length];
        var query = new StringBuilder();
        var headers = new List<(string Name, string Value)>();
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var (name, place) = ((string)parameter!["name"]!, (string)parameter["in"]!);
            var value = Text(Value(parameter["schema"], 0));
            switch (place)
            {
                case "path":
                    path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value is "" ? "x" : Paired(value)), StringComparison.Ordinal);
                    break;
                case "query" when _random.Next(3) > 0:
                    query.Append(query.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(Paired(value)));
                    break;
                case "header" when _random.Next(2) == 0:
                    headers.Add((name, value));
                    break;
                default:
                    break;
            }
        }

        var request = new HttpRequestMessage(new HttpMethod(method), path + query) { Content = Body(operation) };
        foreach (var (name, value) in headers)
        {
            // What no client could send is left out.
            request.Headers.TryAddWithoutValidation(name, new string([.. value.Where(static c => c is >= ' ' and < '\u007f').Take(500)]));
        }

        return request;
    }

    private HttpContent? Body(JsonObject operation)
    {
        if (operation["requestBody"]?["content"] is not JsonObject content)
        {
            return _random.Next(20) == 0 ? Raw("{}"u8.ToArray(), "application/json") : null;
        }

        if (content["application/json"]?["schema"] is not { } schema || _random.Next(40) == 0)
        {
            // A name with quotes or control characters cannot be written into the part's head.
            var name = new string([.. Any().Where(static c => !char.IsSurrogate(c) && !char.IsControl(c) && c != '"')]);
            return new MultipartFormDataContent { { new StringContent(Any()), "file", name + ".txt" } };
        }

        var json = Json(Value(schema, 0));
        return _random.Next(25) switch
        {
            0 => Raw(Encoding.UTF8.GetBytes(json[..(json.Length / 2)]), "application/json"),
            1 => Raw(Encoding.UTF8.GetBytes(json), "text/plain"),
            2 => Raw([0xff, 0xfe, .. Encoding.UTF8.GetBytes(json)], "application/json"),
            3 => Raw(Encoding.UTF8.GetBytes(new string('[', _random.Next(5000))), "application/json"),
            _ => Raw(Encoding.UTF8.GetBytes(json), "application/json"),
        };
    }

    private static ByteArrayContent Raw(byte[] bytes, string type) => new(bytes) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };

    // About half of all values are what the schema wants; the rest is of another kind, or goes too far.
    private JsonNode? Value(JsonNode? schema, int depth)
    {
        schema = Resolve(schema);
        if (schema is null || depth > 6 || _random.Next(12) == 0)
        {
            return Wild(depth);
        }

        if ((schema["oneOf"] ?? schema["anyOf"] ?? schema["allOf"]) is JsonArray { Count: > 0 } choices)
        {
            return Value(choices[_random.Next(choices.Count)], depth + 1);
        }

        if (schema["enum"] is JsonArray { Count: > 0 } names)
        {
            return names[_random.Next(names.Count)]?.DeepClone();
        }

        return Kind(schema) switch
        {
            "object" => Object(schema, depth),
            "array" => new JsonArray([.. Enumerable.Range(0, _random.Next(_random.Next(50) == 0 ? 300 : 4)).Select(_ => Value(schema["items"], depth + 1))]),
            "integer" => _random.Next(4) switch { 0 => long.MaxValue, 1 => -1, 2 => 0, _ => _random.Next(1, 100) },
            "number" => _random.Next(4) switch { 0 => 1e300, 1 => -0.5, _ => _random.NextDouble() },
            "boolean" => _random.Next(2) == 0,
            "null" => null,
            _ => (string?)schema["format"] switch
            {
                "uuid" => Id(),
                "date-time" => DateTimeOffset.UnixEpoch.AddDays(_random.Next(40000)).ToString("O", CultureInfo.InvariantCulture),
                _ => Any(),
            },
        };
    }

    private JsonObject Object(JsonNode schema, int depth)
    {
        var made = new JsonObject();
        foreach (var (name, property) in schema["properties"]?.AsObject() ?? [])
        {
            if (_random.Next(10) > 0)
            {
                made[name] = Value(property, depth + 1);
            }
        }

        if (_random.Next(4) == 0)
        {
            // Mass assignment: what no caller may set.
            made["role"] = "admin";
            made["userId"] = Id();
            made["id"] = Id();
            made["emailConfirmed"] = true;
        }

        return made;
    }

    private JsonNode? Wild(int depth) => _random.Next(7) switch
    {
        0 => null,
        1 => _random.Next(),
        2 => new JsonArray([Any()]),
        3 => depth < 6 ? new JsonObject { [Any()] = Wild(depth + 1) } : null,
        4 => true,
        _ => Any(),
    };

    private string Any() => _random.Next(30) switch
    {
        0 => new string('a', _random.Next(20_000)),
        1 => string.Concat(Enumerable.Range(0, 40).Select(_ => (char)_random.Next(1, 0xffff))),
        < 8 => Id(),
        _ => Nasty[_random.Next(Nasty.Length)],
    };

    private string Id() => _random.Next(5) == 0 ? Guid.NewGuid().ToString() : knownIds[_random.Next(knownIds.Count)];

    private JsonNode? Resolve(JsonNode? schema)
    {
        while ((string?)schema?["$ref"] is { } reference)
        {
            schema = reference.Split('/').Skip(1).Aggregate((JsonNode?)description, static (node, name) => node?[name]);
        }

        return schema;
    }

    private static string? Kind(JsonNode schema) => schema["type"] switch
    {
        JsonArray kinds => kinds.Select(static kind => (string?)kind).FirstOrDefault(static kind => kind != "null"),
        JsonValue kind => (string?)kind,
        _ => schema["properties"] is not null ? "object" : null,
    };

    private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : node?.ToJsonString() ?? "";

    private static string Json(JsonNode? node) => node?.ToJsonString(new JsonSerializerOptions { MaxDepth = 128 }) ?? "null";

    // An address is written in UTF-8, which half a surrogate pair cannot be. What is too long for a request line, or has a zero in its
    // path, the server itself turns away, before there is anything of ours.
    private static string Paired(string text) => new([.. text.Where(static c => !char.IsSurrogate(c) && c != '\0').Take(500)]);
}
