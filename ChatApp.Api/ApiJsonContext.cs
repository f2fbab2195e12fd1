using System.Text.Json.Serialization;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Deletion;
using ChatApp.Api.Accounts.Confirmation;
using ChatApp.Api.Accounts.External;
using ChatApp.Api.Accounts.Passwords;
using ChatApp.Api.Accounts.Profile;
using ChatApp.Api.Accounts.SecondFactor;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Accounts.Sessions;
using ChatApp.Api.Accounts.Tokens;
using ChatApp.Api.Audit.Search;
using ChatApp.Api.Audit.Verification;
using ChatApp.Api.Characters;
using ChatApp.Api.Conversations;
using ChatApp.Api.Gateway.Contracts;
using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Limits.People;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Moderation.Policies;
using ChatApp.Api.Moderation.Queue;
using ChatApp.Api.Paging;
using ChatApp.Api.People;
using ChatApp.Api.Prompting.Kept;
using ChatApp.Api.Site;
using ChatApp.Api.Tone;
using ChatApp.Api.Turns;

namespace ChatApp.Api;

/// <summary>Everything that goes over the wire, written without reflection.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(SignUpRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(SignedIn))]
[JsonSerializable(typeof(User))]
[JsonSerializable(typeof(ConfirmationWanted))]
[JsonSerializable(typeof(ProfileChange))]
[JsonSerializable(typeof(EmailRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(ResetPasswordRequest))]
[JsonSerializable(typeof(ConfirmEmailRequest))]
[JsonSerializable(typeof(ChangeEmailRequest))]
[JsonSerializable(typeof(PasswordAgain))]
[JsonSerializable(typeof(SecondFactorWanted))]
[JsonSerializable(typeof(SecondFactorRequest))]
[JsonSerializable(typeof(SecondFactorSetup))]
[JsonSerializable(typeof(SecondFactorCode))]
[JsonSerializable(typeof(RecoveryCodesMade))]
[JsonSerializable(typeof(Providers))]
[JsonSerializable(typeof(ExternalStartRequest))]
[JsonSerializable(typeof(ExternalStart))]
[JsonSerializable(typeof(ExternalCallback))]
[JsonSerializable(typeof(ExternalLogins))]
[JsonSerializable(typeof(RefreshRequest))]
[JsonSerializable(typeof(Page<OpenSession>))]
[JsonSerializable(typeof(PublicSigningKeys))]
[JsonSerializable(typeof(DeletionRequest))]
[JsonSerializable(typeof(Page<AuditItem>))]
[JsonSerializable(typeof(AuditVerification))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(Page<Person>))]
[JsonSerializable(typeof(BanRequest))]
[JsonSerializable(typeof(RoleRequest))]
[JsonSerializable(typeof(CreateApiKeyRequest))]
[JsonSerializable(typeof(RotateApiKeyRequest))]
[JsonSerializable(typeof(NewApiKey))]
[JsonSerializable(typeof(Page<ApiKey>))]
[JsonSerializable(typeof(SiteInfo))]
[JsonSerializable(typeof(Character))]
[JsonSerializable(typeof(Page<Character>))]
[JsonSerializable(typeof(StartConversationRequest))]
[JsonSerializable(typeof(RenameConversationRequest))]
[JsonSerializable(typeof(Conversation))]
[JsonSerializable(typeof(Page<Conversation>))]
[JsonSerializable(typeof(MemorySettings))]
[JsonSerializable(typeof(SetMemoryRequest))]
[JsonSerializable(typeof(StoredMemory))]
[JsonSerializable(typeof(Page<StoredMemory>))]
[JsonSerializable(typeof(AddMemoryRequest))]
[JsonSerializable(typeof(ChangeMemoryRequest))]
[JsonSerializable(typeof(MemoryExportFile))]
[JsonSerializable(typeof(MessagePage))]
[JsonSerializable(typeof(MessageReference))]
[JsonSerializable(typeof(Document))]
[JsonSerializable(typeof(Page<Document>))]
[JsonSerializable(typeof(DocumentChunk))]
[JsonSerializable(typeof(Page<DocumentChunk>))]
[JsonSerializable(typeof(PostTurnRequest))]
[JsonSerializable(typeof(Turn))]
[JsonSerializable(typeof(MemoryIndexStatus))]
[JsonSerializable(typeof(ToneSetting))]
[JsonSerializable(typeof(TurnRecall))]
[JsonSerializable(typeof(TurnPrompt))]
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
[JsonSerializable(typeof(CallerLimits))]
[JsonSerializable(typeof(PersonLimitsView))]
[JsonSerializable(typeof(SetLimitsRequest))]
[JsonSerializable(typeof(ItemList<PolicySummary>))]
[JsonSerializable(typeof(ModerationPolicy))]
[JsonSerializable(typeof(Page<ModerationPolicy>))]
[JsonSerializable(typeof(PolicyChange))]
[JsonSerializable(typeof(Page<ModerationItem>))]
[JsonSerializable(typeof(ModerationItemDetails))]
[JsonSerializable(typeof(DecisionRequest))]
[JsonSerializable(typeof(BanItemRequest))]
[JsonSerializable(typeof(Page<OwnModeration>))]
[JsonSerializable(typeof(AppealRequest))]
internal sealed partial class ApiJsonContext : JsonSerializerContext;
