namespace ChatApp.Api.Turns.Running;

/// <summary>Why an attempt ended badly.</summary>
/// <param name="Code">A stable name for it.</param>
/// <param name="Detail">A sentence for the person: what happened, and what to do.</param>
/// <param name="IsTransient">Whether another attempt may do better.</param>
/// <param name="Cause">The technical reason, for operators; kept with the turn and never shown.</param>
internal sealed record TurnFailure(string Code, string Detail, bool IsTransient, string? Cause = null)
{
    /// <summary>The title of every <c>failed</c> event.</summary>
    public const string Title = "The answer could not be written.";

    public const string EngineUnavailable = "engine_unavailable";
    public const string EngineBusy = "engine_busy";
    public const string BlockedCode = "blocked";
    public const string BudgetExceeded = "budget_exceeded";

    /// <summary>How long nobody is to try again; null where the engine's side did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether it says nothing of this turn, only that no engine has time for any.</summary>
    public bool IsEngineAway => Code is EngineUnavailable or EngineBusy;

    public static TurnFailure AttemptsExhausted(string? cause) => new(
        "attempts_exhausted", "Several attempts to answer did not succeed. Send the message again, perhaps in other words.", false, cause);

    public static TurnFailure Blocked(string notice) => new(BlockedCode, notice, false);

    public static TurnFailure NotModerated() => new(
        "moderation_unavailable", "The message could not be checked at the moment. Try again in a little while.", true, "A detector was away.");

    public static TurnFailure CannotContinue(string model) => new(
        "cannot_continue", "This character's model cannot go on from a text. Regenerate the answer instead.", false, $"'Prefills' is not set for the model '{model}'.");

    public static TurnFailure CutShort() => new(
        "engine_error", "The model's engine broke off its answer. Try again.", true, "The answer ended without a finish reason.");

    public static TurnFailure Unexpected(Exception exception) => new(
        "internal_error", "Something went wrong on our side. Send the message again.", true, exception.ToString());

    public static TurnFailure TimedOut(string what) => new(
        "timeout", "The model took too long to answer. Try again; a shorter conversation answers faster.", true, what);
}
