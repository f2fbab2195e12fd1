using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Moderation.Judging;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>What an upload goes through.</summary>
internal sealed record UploadServices(
    UploadSlots Slots, UploadReader Reader, DocumentAcceptance Acceptance, DocumentStore Documents, WrittenText Written, IServiceProvider Services);
