using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.Http.Resilience;

internal sealed class HttpStandardResilienceOptionsValidator : IValidateOptions<HttpStandardResilienceOptions>
{
    public ValidateOptionsResult Validate(string? name, HttpStandardResilienceOptions options)
    {
        var attempt = options.AttemptTimeout.Timeout;
        var total = options.TotalRequestTimeout.Timeout;
        var sampling = options.CircuitBreaker.SamplingDuration;
        var result = new ValidateOptionsResultBuilder();
        if (attempt > total)
        {
            result.AddError($"The total request timeout ({total.TotalSeconds} s) is shorter than the attempt timeout ({attempt.TotalSeconds} s).");
        }

        if (sampling < 2 * attempt)
        {
            result.AddError($"The circuit breaker's sampling duration ({sampling.TotalSeconds} s) is shorter than twice the attempt timeout ({attempt.TotalSeconds} s).");
        }

        return result.Build();
    }
}
