namespace ChatApp.Api.Moderation.Judging;

/// <summary>Which detectors are asked.</summary>
internal enum DetectorKind
{
    /// <summary>Those that answer at once.</summary>
    Immediate,

    /// <summary>Those that ask somebody else.</summary>
    Slow,

    All,
}
