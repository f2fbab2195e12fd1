using System.Text.Json.Serialization;

namespace ChatApp.Inference.Models;

/// <summary><c>GET /v1/models</c>, by the names that people pick: an engine's own list tells more than callers need, such as file names.</summary>
internal static class ModelsEndpoint
{
    public static void MapModels(this WebApplication app) => app.MapGet("/v1/models", List);

    private static IResult List(ModelDirectory models)
    {
        var snapshot = models.Current;
        return Results.Json(
            new ModelList([.. snapshot.Models.Select(model => new ModelEntry(model.Name, snapshot.ContextTokens(model)))]),
            ModelJson.Default.ModelList);
    }
}

internal sealed record ModelList(List<ModelEntry> Data, string Object = "list");

/// <summary>A model. What is not in OpenAI's list: <c>context_length</c>, the tokens that prompt and answer may have together.</summary>
internal sealed record ModelEntry(string Id, int? ContextLength, string Object = "model", long Created = 0, string OwnedBy = "chatapp");

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ModelJson : JsonSerializerContext;
