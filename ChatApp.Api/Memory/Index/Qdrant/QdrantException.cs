using System.Net;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>Qdrant did not answer, or not with what was asked for.</summary>
internal sealed class QdrantException(string message, HttpStatusCode? status = null, Exception? inner = null)
    : HttpRequestException(message, inner, status)
{
    /// <summary>The collection is not there: never made, or lost with Qdrant's data.</summary>
    public bool IsMissing => StatusCode == HttpStatusCode.NotFound;

    /// <summary>It refuses what it was given, and would again.</summary>
    public bool IsRefusal => StatusCode is { } code && (int)code is >= 400 and < 500 and not (404 or 408 or 429);
}
