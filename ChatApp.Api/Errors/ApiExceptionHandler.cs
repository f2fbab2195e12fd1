using System.Net.Sockets;
using Microsoft.AspNetCore.Diagnostics;
using Npgsql;

namespace ChatApp.Api.Errors;

/// <summary>The one place where an exception becomes an answer. What it says is for the caller; the cause goes to the log.</summary>
internal sealed partial class ApiExceptionHandler(ILogger<ApiExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is BadHttpRequestException bad)
        {
            // What the framework says of it names our types.
            var detail = bad.StatusCode == StatusCodes.Status413PayloadTooLarge
                ? null
                : "The request could not be read: a value is not of the expected kind, or the body is not JSON of the expected shape.";
            await TypedResults.Problem(statusCode: bad.StatusCode, detail: detail).ExecuteAsync(httpContext);
            return true;
        }

        // U+0000, the one character that Postgres text cannot hold.
        if (exception is PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire })
        {
            await TypedResults.Problem(
                statusCode: StatusCodes.Status400BadRequest, detail: "The text contains a character that cannot be stored.").ExecuteAsync(httpContext);
            return true;
        }

        if (IsDatabaseAway(exception))
        {
            LogDatabaseAway(exception.Message);
            await Problems.Unavailable("The database is not reachable at the moment. Try again; with an Idempotency-Key nothing is done twice.").ExecuteAsync(httpContext);
            return true;
        }

        return false;
    }

    private static bool IsDatabaseAway(Exception exception) => exception switch
    {
        PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.TooManyConnections } => true,
        PostgresException => false,
        NpgsqlException { InnerException: TimeoutException or IOException or SocketException } => true,
        NpgsqlException { IsTransient: true } => true,
        _ => false,
    };

    [LoggerMessage(LogLevel.Warning, "The database is not reachable: {Reason}")]
    private partial void LogDatabaseAway(string reason);
}
