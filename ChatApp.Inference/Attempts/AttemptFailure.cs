namespace ChatApp.Inference.Attempts;

/// <summary>Why a try at a target failed.</summary>
/// <param name="Reason">A short word for headers and metrics: <c>connect</c>, <c>timeout</c>, <c>status_500</c>, <c>malformed</c>, <c>content_type</c>, <c>broke_off</c>, <c>key_refused</c>, <c>busy</c>, <c>loading</c>, <c>no_model</c>.</param>
/// <param name="Detail">What helps the operator; never a prompt, an answer or a key.</param>
/// <param name="BlamesEngine">Whether it counts against the engine's health.</param>
/// <param name="RetryAfter">When the engine wants to be asked again.</param>
internal sealed record AttemptFailure(string Reason, string Detail, bool BlamesEngine, TimeSpan? RetryAfter = null);
