using System.Text.Json.Serialization;

namespace ChatApp.Inference.Models;

/// <summary><c>GET /v1/models</c>, by the names that people pick: an engine's own list tells more than callers need, such as file names.</summary>
internal static class ModelsEndpoint
{
    public static void MapModels(this WebApplication app) => app.MapGet("/v1/models", List);

    private static IResult List(ModelDirectory models) => Results.Json(
        new ModelList([.. models.Current.Models.Select(static model => new ModelEntry(model.Name))]),
        ModelJson.Default.ModelList);
}

internal sealed record ModelList(List<ModelEntry> Data, string Object = "list");

internal sealed record ModelEntry(string Id, string Object = "model", long Created = 0, string OwnedBy = "chatapp");

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ModelList))]
internal sealed partial class ModelJson : JsonSerializerContext;
