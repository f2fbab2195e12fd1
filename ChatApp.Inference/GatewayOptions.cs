using System.ComponentModel.DataAnnotations;
using ChatApp.Inference.Placement;

namespace ChatApp.Inference;

/// <summary>The section <c>Gateway</c>: who may call, and the bounds of a call.</summary>
public sealed class GatewayOptions : IValidatableObject
{
    /// <summary>The section's name.</summary>
    public const string Section = "Gateway";

    /// <summary>The secret that callers send as <c>Authorization: Bearer</c>; at least 16 characters.</summary>
    [Required(ErrorMessage = "Gateway:Key is missing. Set it to the secret that the Api sends (Inference:Key there), at least 16 characters.")]
    [MinLength(16, ErrorMessage = "Gateway:Key is shorter than 16 characters.")]
    public string Key { get; set; } = string.Empty;

    /// <summary>The largest request body, in bytes.</summary>
    /// <value>1 MiB.</value>
    [Range(1024, 64 * 1024 * 1024, ErrorMessage = "Gateway:MaxRequestBodyBytes must be between 1024 and 67108864.")]
    public int MaxRequestBodyBytes { get; set; } = 1024 * 1024;

    /// <summary>How many calls may be under way at once; one more is answered 429.</summary>
    /// <value>4096.</value>
    [Range(1, 1_000_000, ErrorMessage = "Gateway:MaxConcurrentRequests must be between 1 and 1000000.")]
    public int MaxConcurrentRequests { get; set; } = 4096;

    /// <summary>How long connecting to an engine may take.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an engine may be silent, before its first byte or between two; then the call ends with 504.</summary>
    /// <value>5 minutes, long enough for a model that is loading or reading a long prompt.</value>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The secret of those who may change models, pull and delete them, and read usage; at least 16 characters. Without it there are no such endpoints.</summary>
    [MinLength(16, ErrorMessage = "Gateway:AdminKey is shorter than 16 characters.")]
    public string? AdminKey { get; set; }

    /// <summary>How long a caller waits for the first byte at most, queue and retries included; a call may ask for less.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan FirstByteDeadline { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The tokens of an answer that a call is expected to take where it does not bound them lower; what engines have in flight is weighed with it.</summary>
    /// <value>512.</value>
    [Range(1, 1_000_000, ErrorMessage = "Gateway:ExpectedOutputTokens must be between 1 and 1000000.")]
    public int ExpectedOutputTokens { get; set; } = 512;

    /// <summary>How many targets of a model's chain one call may try.</summary>
    /// <value>4.</value>
    [Range(1, 16, ErrorMessage = "Gateway:MaxAttempts must be between 1 and 16.")]
    public int MaxAttempts { get; set; } = 4;

    /// <summary>How long a target may take to its first whole event with text; then the next one is tried. An answer that is not streamed has <see cref="ActivityTimeout"/>.</summary>
    /// <value>2 minutes.</value>
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a stream may be without a whole event; then it ends with an error.</summary>
    /// <value>60 seconds.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a call waits for an engine that loads its model before the chain's next step is tried. Zero: not at all.</summary>
    /// <value>30 seconds.</value>
    public TimeSpan LoadingPatience { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often engines are asked whether they can answer; outside providers six times less often. Zero: only when <c>/health</c> is read or a call waits.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ProbeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How an engine is chosen among those that serve a model: <c>prefix</c>, where the conversation's prompt is cached, <c>round-robin</c> or <c>least-requests</c>.</summary>
    /// <value><c>prefix</c>.</value>
    [AllowedValues(PlacementWords.Prefix, PlacementWords.RoundRobin, PlacementWords.LeastRequests, ErrorMessage = "Gateway:Placement must be prefix, round-robin or least-requests.")]
    public string Placement { get; set; } = PlacementWords.Prefix;

    /// <summary>How many calls may wait for one engine's places; one more goes elsewhere, or is answered 429.</summary>
    /// <value>1024.</value>
    [Range(0, 1_000_000, ErrorMessage = "Gateway:MaxQueuePerEngine must be between 0 and 1000000.")]
    public int MaxQueuePerEngine { get; set; } = 1024;

    /// <summary>How many of them may be of one caller.</summary>
    /// <value>64.</value>
    [Range(0, 1_000_000, ErrorMessage = "Gateway:MaxQueuePerCaller must be between 0 and 1000000.")]
    public int MaxQueuePerCaller { get; set; } = 64;

    /// <summary>How long a call waits for a place at one engine at most, and never beyond its deadline.</summary>
    /// <value>1 minute.</value>
    public TimeSpan QueuePatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectTimeout <= TimeSpan.Zero || ConnectTimeout > TimeSpan.FromMinutes(1))
        {
            yield return new ValidationResult($"Gateway:ConnectTimeout is {ConnectTimeout}; it must be above 0 and at most 1 minute.");
        }

        if (ActivityTimeout <= TimeSpan.Zero || ActivityTimeout > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:ActivityTimeout is {ActivityTimeout}; it must be above 0 and at most 1 hour.");
        }

        if (QueuePatience < TimeSpan.Zero || QueuePatience > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:QueuePatience is {QueuePatience}; it must be at least 0 and at most 1 hour.");
        }

        if (FirstByteDeadline <= TimeSpan.Zero || FirstByteDeadline > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:FirstByteDeadline is {FirstByteDeadline}; it must be above 0 and at most 1 hour.");
        }

        if (FirstTokenTimeout <= TimeSpan.Zero || FirstTokenTimeout > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:FirstTokenTimeout is {FirstTokenTimeout}; it must be above 0 and at most 1 hour.");
        }

        if (IdleTimeout <= TimeSpan.Zero || IdleTimeout > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:IdleTimeout is {IdleTimeout}; it must be above 0 and at most 1 hour.");
        }

        if (LoadingPatience < TimeSpan.Zero || LoadingPatience > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:LoadingPatience is {LoadingPatience}; it must be 0 to 1 hour.");
        }

        if (ProbeInterval < TimeSpan.Zero || ProbeInterval > TimeSpan.FromHours(1))
        {
            yield return new ValidationResult($"Gateway:ProbeInterval is {ProbeInterval}; it must be 0 to 1 hour.");
        }
    }
}
