namespace ChatApp.Tests.Inference.Targets;

/// <summary>Why a target refuses.</summary>
/// <param name="Status">The status.</param>
/// <param name="Kind">What is wrong, for the kind to put in its own words.</param>
/// <param name="Message">What it says.</param>
internal sealed record TargetError(int Status, TargetErrorKind Kind, string Message);

internal enum TargetErrorKind
{
    InvalidRequest,
    KeyRefused,
    NotFound,
    ModelNotFound,
    TooManyRequests,
    Server,
    Loading,
    ContextTooLong,
}
