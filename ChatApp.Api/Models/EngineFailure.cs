using System.ClientModel;
using ChatApp.Api.Turns.Running;

namespace ChatApp.Api.Models;

/// <summary>Says what an error of the gateway means for a turn.</summary>
internal static class EngineFailure
{
    /// <summary>The failure that the exception is; null when it is none of the engine's.</summary>
    public static TurnFailure? From(Exception exception) => exception switch
    {
        ClientResultException { Status: > 0 } answer => FromRefusal(GatewayRefusal.Of(answer)) with { IsCauseForeign = true },
        TimeoutException => TurnFailure.TimedOut(exception.Message),
        ClientResultException { InnerException: TimeoutException timeout } => TurnFailure.TimedOut(timeout.Message),
        ClientResultException or HttpRequestException or IOException => Unavailable(exception.Message),
        System.Text.Json.JsonException or FormatException => new TurnFailure(
            "engine_error", "The model's engine gave an answer that could not be read. Try again.", true, exception.Message),
        _ => null,
    };

    private static TurnFailure FromRefusal(GatewayRefusal refusal) => refusal.Code switch
    {
        TurnFailure.BudgetExceeded => new(
            TurnFailure.BudgetExceeded, $"You have used up what you may use of the models for now. {Again(refusal)}", false, refusal.Message) { RetryAfter = refusal.RetryAfter },
        "context_too_long" => TooLong(refusal.Message),
        "not_supported" => new(
            "not_supported", "This character's model cannot do what was asked of it. Choose another character, or tell the operator.", false, refusal.Message),
        "only_outside" => new(
            "only_outside", "What this character remembers of you stays inside, and its model is only served outside at the moment. Choose another character, tell the operator, or change the switch on its memory page.", false, refusal.Message),
        "engine_loading" => new(
            TurnFailure.EngineUnavailable, "The model is still being loaded. Try again in a minute.", true, refusal.Message) { RetryAfter = refusal.RetryAfter },
        "deadline_exceeded" => TurnFailure.TimedOut(refusal.Message),
        // It is there and answers badly, which waiting does not mend: that counts as a failure, unlike an engine that is away.
        "engine_failed" => new("engine_error", "The model's engine reported an error. Try again.", true, refusal.Message),
        _ => FromStatus(refusal),
    };

    private static TurnFailure FromStatus(GatewayRefusal refusal) => refusal.Status switch
    {
        400 or 413 when refusal.Message.Contains("context", StringComparison.OrdinalIgnoreCase) => TooLong(refusal.Message),
        400 or 413 or 422 => new(
            "request_refused", "The model's engine did not accept the request. Write the message in another way, or tell the operator.", false, refusal.Message),
        401 or 403 => new(
            "engine_refused", "The gateway did not accept this service's key. The operator has to set 'Inference:Key' to the gateway's key.", false, refusal.Message),
        404 => new(
            "model_not_found", "This character's model is not served at the moment. Choose another character, or tell the operator.", false, refusal.Message),
        429 => new(
            TurnFailure.EngineBusy, "The model has too much to do at the moment. Try again in a minute.", true, refusal.Message) { RetryAfter = refusal.RetryAfter },
        502 or 503 or 504 => Unavailable(refusal.Message) with { RetryAfter = refusal.RetryAfter },
        _ => new("engine_error", "The model's engine reported an error. Try again.", true, refusal.Message),
    };

    private static string Again(GatewayRefusal refusal) => refusal.Return is { } at
        ? $"From {at} you can go on."
        : "Try again tomorrow, or ask the operator for more.";

    private static TurnFailure TooLong(string cause) => new(
        "context_too_long", "The conversation is longer than this model can read. Begin a new one, or write less at once.", false, cause);

    private static TurnFailure Unavailable(string cause) => new(
        TurnFailure.EngineUnavailable, "The model's engine does not answer. Try again in a moment; if it stays so, the operator has to start it.", true, cause);
}
