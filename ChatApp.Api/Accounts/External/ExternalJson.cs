using System.Text.Json.Serialization;

namespace ChatApp.Api.Accounts.External;

/// <summary>What is sealed into a state.</summary>
[JsonSerializable(typeof(ExternalState))]
internal sealed partial class ExternalJson : JsonSerializerContext;
