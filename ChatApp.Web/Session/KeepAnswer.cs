using System.Text.Json.Serialization;

namespace ChatApp.Web.Session;

/// <summary>What a page is told of its session: kept, ended or away.</summary>
internal sealed record KeepAnswer(string State);

/// <summary>The site's own answers to its script.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(KeepAnswer))]
internal sealed partial class KeepJson : JsonSerializerContext;
