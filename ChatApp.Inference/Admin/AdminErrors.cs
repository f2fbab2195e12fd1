using ChatApp.Inference.Errors;
using ChatApp.Inference.Models.Configuration;

namespace ChatApp.Inference.Admin;

/// <summary>What administrators are told when something cannot be done.</summary>
internal static class AdminErrors
{
    private const string InvalidRequest = "invalid_request_error";

    public static GatewayError StorageUnavailable { get; } = new(
        503, "server_error", "storage_unavailable", "Postgres is not reachable, and changes are kept there. Try again when it is; calls go on meanwhile.");

    public static GatewayError ChangedMeanwhile { get; } = new(
        412, InvalidRequest, "changed_meanwhile", "Somebody else changed engines or models since they were read. Read them again.");

    public static GatewayError Conflict(string message) => new(409, InvalidRequest, "conflict", message);

    public static GatewayError NotSupported(string message) => new(409, InvalidRequest, "not_supported", message);

    public static GatewayError NotFound(string what) => new(404, InvalidRequest, "not_found", $"There is no such {what}.");

    public static GatewayError Invalid(RuleReport report) => GatewayError.BadRequest(string.Join(' ', report.Errors.Take(10)));
}
