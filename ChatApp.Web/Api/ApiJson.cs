using System.Text.Json.Serialization;

namespace ChatApp.Web.Api;

/// <summary>The Api's wire types.</summary>
[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ApiProblem))]
[JsonSerializable(typeof(Session))]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SiteInfo))]
[JsonSerializable(typeof(Page<Character>))]
[JsonSerializable(typeof(Page<Conversation>))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(StartConversation))]
[JsonSerializable(typeof(RenameConversation))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(Character))]
[JsonSerializable(typeof(MemorySettings))]
[JsonSerializable(typeof(MemorySwitches))]
[JsonSerializable(typeof(StoredMemory))]
[JsonSerializable(typeof(Page<StoredMemory>))]
[JsonSerializable(typeof(NewMemory))]
[JsonSerializable(typeof(MemoryChange))]
internal sealed partial class ApiJson : JsonSerializerContext;
