using System.Text.Json.Serialization;
using ChatApp.Inference.Metering;

namespace ChatApp.Inference.Admin;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(UsageList))]
[JsonSerializable(typeof(BudgetState))]
[JsonSerializable(typeof(BudgetLimit))]
internal sealed partial class MeteringJson : JsonSerializerContext;
