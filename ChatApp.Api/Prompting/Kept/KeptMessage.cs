using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Prompting.Kept;

/// <summary>A message of the fixed part, as it is kept.</summary>
internal sealed record KeptMessage(string Role, PromptPart Part, string Text)
{
    public static KeptMessage From(PromptMessage message) => new(message.Role.Value, message.Part, message.Text);

    public PromptMessage ToMessage() => new(new ChatRole(Role), Part, Text);
}

[JsonSerializable(typeof(List<KeptMessage>))]
internal sealed partial class KeptMessageJson : JsonSerializerContext;
