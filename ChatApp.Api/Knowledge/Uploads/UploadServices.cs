using ChatApp.Api.Knowledge.Documents;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>What an upload goes through.</summary>
internal sealed record UploadServices(
    UploadSlots Slots, UploadReader Reader, DocumentAcceptance Acceptance, DocumentStore Documents, IServiceProvider Services);
