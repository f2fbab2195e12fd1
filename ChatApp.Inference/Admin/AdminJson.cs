using System.Text.Json.Serialization;
using ChatApp.Inference.Admin.Engines;
using ChatApp.Inference.Admin.Models;
using ChatApp.Inference.Ollama;
using ChatApp.Inference.Ollama.Pulls;

namespace ChatApp.Inference.Admin;

/// <summary>The JSON of the admin endpoints. What is not known is refused, so that a misspelt name, or a key, is not passed over in silence.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AdminList<EngineView>))]
[JsonSerializable(typeof(EngineChange))]
[JsonSerializable(typeof(AdminList<ModelView>))]
[JsonSerializable(typeof(ModelChange))]
[JsonSerializable(typeof(AdminList<LocalModel>))]
[JsonSerializable(typeof(LocalModelDetails))]
[JsonSerializable(typeof(AdminList<Pull>))]
[JsonSerializable(typeof(PullRequest))]
internal sealed partial class AdminJson : JsonSerializerContext;
