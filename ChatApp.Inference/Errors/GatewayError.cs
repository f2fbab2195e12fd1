namespace ChatApp.Inference.Errors;

/// <summary>An answer that says no, with what would help; it reads the same to every client of OpenAI's API.</summary>
internal sealed record GatewayError(int Status, string Type, string Code, string Message)
{
    private const string InvalidRequest = "invalid_request_error";
    private const string Engine = "engine_error";

    public static GatewayError Unauthorized { get; } = new(
        401, "authentication_error", "invalid_api_key", "Send the gateway's key as 'Authorization: Bearer <key>' (Gateway:Key here, Inference:Key in the Api).");

    public static GatewayError NotFound { get; } = new(
        404, InvalidRequest, "not_found", "There is no such endpoint. There are POST /v1/chat/completions, /v1/completions, /v1/embeddings, /v1/tokenize and GET /v1/models.");

    public static GatewayError MethodNotAllowed { get; } = new(405, InvalidRequest, "method_not_allowed", "This endpoint does not take that method.");

    public static GatewayError TooManyRequests { get; } = new(
        429, "rate_limit_error", "too_many_requests", "Too many calls are under way. Try again in a second, or raise Gateway:MaxConcurrentRequests.");

    public static GatewayError Internal { get; } = new(500, "server_error", "internal_error", "The gateway failed. Its log has the trace.");

    public static GatewayError EngineFailed { get; } = new(502, Engine, "engine_failed", "The engine broke off before it answered. Try again; its log says why.");

    public static GatewayError EngineUnavailable { get; } = new(
        503, Engine, "engine_unavailable", "No engine is reachable. GET /health of the gateway says which one, and how to start it.");

    public static GatewayError EngineTimedOut { get; } = new(
        504, Engine, "engine_timeout", "The engine was silent for longer than Gateway:ActivityTimeout. It may be overloaded, or still loading its model.");

    public static GatewayError ContextTooLong(string model, int tokens) => new(
        400, InvalidRequest, "context_too_long", $"The prompt has about {tokens} tokens, more than any engine of '{model}' can hold. Send less of it, or pick a model with a larger context.");

    public static GatewayError NotSupported(string message) => new(400, InvalidRequest, "not_supported", message);

    public static GatewayError AllBusy(string tried) => new(
        429, "rate_limit_error", "too_many_requests", "All engines are full. Try again after Retry-After." + tried);

    public static GatewayError NoEngine(string tried) => EngineUnavailable with { Message = EngineUnavailable.Message + tried };

    public static GatewayError StillLoading(string tried) => new(
        503, Engine, "engine_loading", "The model is still being loaded. Try again after Retry-After, or raise Gateway:LoadingPatience." + tried);

    public static GatewayError NoneAnswered(string tried) => new(
        502, Engine, "engine_failed", "No engine gave a complete answer. Try again; the engines' logs and GET /health of the gateway say why." + tried);

    public static GatewayError NoneInTime(string tried) => new(
        504, Engine, "engine_timeout", "No engine answered in time (Gateway:FirstTokenTimeout, Gateway:ActivityTimeout). They may be overloaded, or still loading the model." + tried);

    public static GatewayError DeadlineExceeded(string tried) => new(
        504, Engine, "deadline_exceeded", "There was no first token within the call's deadline (ChatApp-Deadline, at most Gateway:FirstByteDeadline). Try again with more time." + tried);

    /// <summary>The last event of an answer that broke off after its first token.</summary>
    public static GatewayError MidStream(string engine, string reason, bool isTimeout) => new(
        isTimeout ? 504 : 502,
        Engine,
        isTimeout ? "engine_timeout" : "engine_failed",
        $"The answer broke off: {engine} ({reason}). What came before this is not the whole answer. Try again.");

    public static GatewayError BadRequest(string message) => new(400, InvalidRequest, "bad_request", message);

    public static GatewayError OnlyOutside(string model) => new(
        409, InvalidRequest, "only_outside", $"All engines of '{model}' that could answer are outside, and this call must stay inside ({Calls.CallHeaders.Inside}). Pick another model, or say Outside: false for an engine that is the operator's own.");

    public static GatewayError TooLarge(long limit) => new(
        413, InvalidRequest, "request_too_large", $"The request is larger than {limit} bytes (Gateway:MaxRequestBodyBytes).");

    public static GatewayError UnknownModel(string model) => new(
        404, InvalidRequest, "model_not_found", $"No engine serves the model '{model}'. GET /v1/models lists what there is.");

    public static GatewayError NoTokenizer(string model) => new(
        501, InvalidRequest, "not_supported", $"The engine of '{model}' counts no tokens for others. Estimate them from the text's length.");

    /// <summary>The answer to a bare status, from routing or from the server.</summary>
    public static GatewayError ForStatus(int status, long bodyLimit) => status switch
    {
        401 => Unauthorized,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => TooLarge(bodyLimit),
        429 => TooManyRequests,
        502 => EngineFailed,
        503 => EngineUnavailable,
        504 => EngineTimedOut,
        < 500 => BadRequest("The request could not be read."),
        _ => Internal,
    };
}
