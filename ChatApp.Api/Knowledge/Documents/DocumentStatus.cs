using System.Text.Json.Serialization;

namespace ChatApp.Api.Knowledge.Documents;

/// <summary>How far a document is.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<DocumentStatus>))]
public enum DocumentStatus
{
    /// <summary>It waits to be read.</summary>
    Queued,

    /// <summary>It is being read.</summary>
    Processing,

    /// <summary>It can be found.</summary>
    Ready,

    /// <summary>It could not be read; the error says why.</summary>
    Failed,
}
