using Polly.Timeout;

namespace Microsoft.Extensions.Http.Resilience;

public class HttpTimeoutStrategyOptions : TimeoutStrategyOptions;
