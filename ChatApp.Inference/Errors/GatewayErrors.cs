using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Errors;

/// <summary>Writes errors, unless the answer has already begun.</summary>
internal static class GatewayErrors
{
    // Quotes stay readable: the body is JSON, never part of a page.
    private static readonly GatewayErrorJson Json = new(
        new JsonSerializerOptions(GatewayErrorJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static async Task WriteAsync(HttpContext context, GatewayError error)
    {
        var response = context.Response;
        if (response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        response.StatusCode = error.Status;
        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        await response.WriteAsJsonAsync(Body(context, error), Json.GatewayErrorBody, contentType: null, context.RequestAborted);
    }

    /// <summary>An error as the last event of an answer that has begun.</summary>
    public static byte[] ToEvent(HttpContext context, GatewayError error) =>
        [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(Body(context, error), Json.GatewayErrorBody), .. "\n\n"u8];

    public static Task WriteForStatusAsync(HttpContext context)
    {
        var limit = context.RequestServices.GetRequiredService<IOptions<GatewayOptions>>().Value.MaxRequestBodyBytes;
        return WriteAsync(context, GatewayError.ForStatus(context.Response.StatusCode, limit));
    }

    private static GatewayErrorBody Body(HttpContext context, GatewayError error) =>
        new(new GatewayErrorDetail(error.Message, error.Type, error.Code, Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier));
}
