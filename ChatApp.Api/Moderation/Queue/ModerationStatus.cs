using System.Text.Json.Serialization;

namespace ChatApp.Api.Moderation.Queue;

/// <summary>Where a decision is. The first two wait for a moderator.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<ModerationStatus>))]
public enum ModerationStatus
{
    /// <summary>Nobody has looked at it.</summary>
    Open,

    /// <summary>The person says that it is wrong.</summary>
    Appealed,

    /// <summary>A moderator says that it was wrong; what was taken away is back where that is possible.</summary>
    Approved,

    /// <summary>A moderator says that it was right.</summary>
    Upheld,

    /// <summary>It was, and the person is kept out.</summary>
    Banned,

    /// <summary>Nobody needs to look at it.</summary>
    Noted,
}
