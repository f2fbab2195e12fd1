using System.Text.Json.Serialization;

namespace ChatApp.Api.Turns;

/// <summary>Where a turn is. The last three are final.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<TurnStatus>))]
public enum TurnStatus
{
    /// <summary>Waits for a worker.</summary>
    Queued,

    /// <summary>A worker has it.</summary>
    Running,

    /// <summary>Answered.</summary>
    Completed,

    /// <summary>Given up; the turn says why.</summary>
    Failed,

    /// <summary>Stopped by the person; what was written until then is kept.</summary>
    Cancelled,
}
