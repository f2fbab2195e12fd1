using System.Globalization;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;
using ChatApp.Api.Errors;
using Microsoft.Net.Http.Headers;

namespace ChatApp.Api.Accounts.Export;

internal static partial class ExportEndpoints
{
    // Whoever reads slower than a connection can be held for gets it not at all.
    private static readonly TimeSpan MostTime = TimeSpan.FromMinutes(30);

    public static void MapAccountExport(this IEndpointRouteBuilder routes) => routes.MapGet("/api/me/export", Export)
        .RequireAuthorization(Policies.Session).WithTags("Accounts")
        .WithName("ExportAccount").WithSummary("Everything about this account as one JSON document.")
        .WithDescription("""
            It is written while it is read: a document whose last member is not "complete": true was cut off, and so was its connection. Files are in base64.
            One at a time; secrets are left out.
            """)
        .Produces(StatusCodes.Status200OK, contentType: "application/json")
        .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<IResult> Export(
        HttpContext context, AccountExport export, AuditLog audit, TimeProvider time, ILogger<AccountExport> logger, CancellationToken cancellationToken)
    {
        using var place = export.TryBegin();
        if (place is null)
        {
            return Problems.Unavailable("Others are being given their data at the moment. Try again in a little while.");
        }

        var userId = context.User.UserId;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MostTime);
        await using var connection = await export.OpenAsync(userId, limit.Token);
        if (connection is null)
        {
            return Problems.Conflict("Your data is being written already. Wait for that to end.");
        }

        await audit.AppendAsync(
            new AuditEntry(AuditActions.DataExported, AuditActor.Of(context)) { SubjectKind = "account", SubjectId = userId.ToString() }, limit.Token);
        var response = context.Response;
        response.ContentType = "application/json";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = string.Create(CultureInfo.InvariantCulture, $"chatapp-{time.GetUtcNow():yyyy-MM-dd}.json"),
        }.ToString();
        try
        {
            await export.WriteAsync(connection, userId, response.Body, limit.Token);
        }
        catch (Exception exception) when (response.HasStarted)
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                LogCutOff(logger, exception);
            }

            // Half of it must not look whole.
            context.Abort();
        }

        return TypedResults.Empty;
    }

    [LoggerMessage(LogLevel.Error, "An export of an account was cut off")]
    private static partial void LogCutOff(ILogger logger, Exception exception);
}
