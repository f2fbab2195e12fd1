using System.Text.Json.Serialization;
using ChatApp.Api.Gateway.Contracts;

namespace ChatApp.Api.Gateway;

/// <summary>What goes to and comes from the gateway's <c>/admin</c>: what is not said is left out.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GatewayErrorAnswer))]
[JsonSerializable(typeof(ItemList<GatewayEngine>))]
[JsonSerializable(typeof(GatewayEngine))]
[JsonSerializable(typeof(EngineChange))]
[JsonSerializable(typeof(ItemList<GatewayModel>))]
[JsonSerializable(typeof(GatewayModel))]
[JsonSerializable(typeof(ModelChange))]
[JsonSerializable(typeof(ItemList<LocalModel>))]
[JsonSerializable(typeof(LocalModelDetails))]
[JsonSerializable(typeof(PullRequest))]
[JsonSerializable(typeof(Pull))]
[JsonSerializable(typeof(ItemList<Pull>))]
[JsonSerializable(typeof(ItemList<UsageRow>))]
[JsonSerializable(typeof(CallerBudget))]
[JsonSerializable(typeof(BudgetChange))]
internal sealed partial class GatewayJson : JsonSerializerContext;
