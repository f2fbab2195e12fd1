using ChatApp.Api.Accounts.Mail;
using ChatApp.Api.Models;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Site;

internal static class SiteEndpoints
{
    private const string BuiltInNotice =
        "This site runs on its small built-in model, which is for trying the plumbing: it knows nothing of the world and speaks simple English only.";

    public static void MapSite(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/site", Get).WithTags("Site").AllowAnonymous()
            .WithName("GetSite").WithSummary("Which model answers, and what people should know of it.");

    private static Ok<SiteInfo> Get(IOptions<ModelOptions> models, IOptions<MailOptions> mail) => TypedResults.Ok(new SiteInfo(
        models.Value.Default, models.Value.BuiltIn, models.Value.BuiltIn ? BuiltInNotice : null, mail.Value.IsOn));
}
