using ChatApp.Api.Knowledge.Documents;
using ChatApp.Api.Moderation.Judging;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>What an upload goes through. Each says where it comes from, or the endpoint would be taken for one with a JSON body.</summary>
internal sealed record UploadServices(
    [FromServices] UploadSlots Slots,
    [FromServices] UploadReader Reader,
    [FromServices] DocumentAcceptance Acceptance,
    [FromServices] DocumentStore Documents,
    [FromServices] WrittenText Written,
    [FromServices] IServiceProvider Services);
