using System.Text.Json.Serialization;

namespace ChatApp.Api.Turns.Sockets;

/// <summary>The frames of a socket, but for events, whose data is JSON already.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SocketRequest))]
[JsonSerializable(typeof(SocketError))]
[JsonSerializable(typeof(SocketNotice))]
internal sealed partial class SocketJson : JsonSerializerContext;

/// <summary>Says that something asked was not done. The socket stays open.</summary>
internal sealed record SocketError(string Type, Guid? TurnId, int Status, string Title, string Detail);

/// <summary><c>ended</c>, with its turn, or <c>pong</c>.</summary>
internal sealed record SocketNotice(string Type, Guid? TurnId);
