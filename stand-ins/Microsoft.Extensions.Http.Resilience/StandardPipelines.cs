using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using Polly;

namespace Microsoft.Extensions.Http.Resilience;

/// <summary>Keeps the pipelines, whose circuit breakers outlive the handlers that the client factory recycles.</summary>
internal sealed class StandardPipelines(IOptionsMonitor<HttpStandardResilienceOptions> options, IOptionsMonitor<PipelineSelection> selection) : IDisposable
{
    private readonly ConcurrentDictionary<(string Name, string Authority), Lazy<ResiliencePipeline<HttpResponseMessage>>> _pipelines = new();
    private readonly ConcurrentBag<RateLimiter> _limiters = [];

    public ResiliencePipeline<HttpResponseMessage> For(string name, HttpRequestMessage request)
    {
        var authority = selection.Get(name).ByAuthority
            ? request.RequestUri?.GetLeftPart(UriPartial.Authority) ?? string.Empty
            : string.Empty;
        return _pipelines.GetOrAdd((name, authority), key => new(() => Build(options.Get(key.Name)))).Value;
    }

    public void Dispose()
    {
        foreach (var limiter in _limiters)
        {
            limiter.Dispose();
        }
    }

    private ResiliencePipeline<HttpResponseMessage> Build(HttpStandardResilienceOptions standard)
    {
        var limiter = new ConcurrencyLimiter(standard.RateLimiter.DefaultRateLimiterOptions);
        _limiters.Add(limiter);
        return new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddStrategy(_ => new ConcurrencyStrategy(limiter), standard.RateLimiter)
            .AddTimeout(standard.TotalRequestTimeout)
            .AddRetry(standard.Retry)
            .AddCircuitBreaker(standard.CircuitBreaker)
            .AddTimeout(standard.AttemptTimeout)
            .Build();
    }
}
