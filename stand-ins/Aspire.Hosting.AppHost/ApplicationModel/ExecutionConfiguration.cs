using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.ApplicationModel;

public interface IExecutionConfigurationBuilder
{
    Task<IExecutionConfigurationResult> BuildAsync(DistributedApplicationExecutionContext executionContext, ILogger? resourceLogger = null, CancellationToken cancellationToken = default);
}

public interface IExecutionConfigurationResult
{
    IEnumerable<(string Value, bool IsSensitive)> Arguments { get; }

    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables { get; }

    Exception? Exception { get; }
}

public static class ExecutionConfigurationBuilderExtensions
{
    public static IExecutionConfigurationBuilder WithArgumentsConfig(this IExecutionConfigurationBuilder builder)
    {
        ((ExecutionConfigurationBuilder)builder).Arguments = true;
        return builder;
    }

    public static IExecutionConfigurationBuilder WithEnvironmentVariablesConfig(this IExecutionConfigurationBuilder builder)
    {
        ((ExecutionConfigurationBuilder)builder).EnvironmentVariables = true;
        return builder;
    }
}

internal sealed record ExecutionConfigurationResult(
    IEnumerable<(string Value, bool IsSensitive)> Arguments,
    IEnumerable<KeyValuePair<string, string>> EnvironmentVariables,
    Exception? Exception) : IExecutionConfigurationResult;
