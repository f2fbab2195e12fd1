using System.Text.Json.Serialization;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>The lines between a worker and its parsers.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(ParserLine))]
internal sealed partial class ParserJsonContext : JsonSerializerContext;
