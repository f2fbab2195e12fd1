using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Works out a resource's arguments and environment: values when it runs, placeholders when it is published.</summary>
public sealed class ExecutionConfigurationBuilder : IExecutionConfigurationBuilder
{
    private readonly IResource _resource;

    private ExecutionConfigurationBuilder(IResource resource)
    {
        _resource = resource;
    }

    internal bool Arguments { get; set; }

    internal bool EnvironmentVariables { get; set; }

    /// <summary>The replica whose own ports are meant.</summary>
    internal int Replica { get; init; }

    public static IExecutionConfigurationBuilder Create(IResource resource) => new ExecutionConfigurationBuilder(resource);

    public async Task<IExecutionConfigurationResult> BuildAsync(DistributedApplicationExecutionContext executionContext, ILogger? resourceLogger = null, CancellationToken cancellationToken = default)
    {
        var logger = resourceLogger ?? NullLogger.Instance;
        var failures = new List<Exception>();
        var environment = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in await VariablesAsync(executionContext, logger, cancellationToken))
        {
            try
            {
                if (await ResolveAsync(value, executionContext, cancellationToken) is { } text)
                {
                    environment[name] = text;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(new DistributedApplicationException($"The value of {name} for resource '{_resource.Name}' cannot be worked out: {e.Message}", e));
            }
        }

        var arguments = new List<(string, bool)>();
        foreach (var value in await ArgumentsAsync(executionContext, logger, cancellationToken))
        {
            try
            {
                if (await ResolveAsync(value, executionContext, cancellationToken) is { } text)
                {
                    arguments.Add((text, value is ParameterResource { Secret: true }));
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                failures.Add(new DistributedApplicationException($"An argument of resource '{_resource.Name}' cannot be worked out: {e.Message}", e));
            }
        }

        return new ExecutionConfigurationResult(arguments, environment, failures.Count switch
        {
            0 => null,
            1 => failures[0],
            _ => new AggregateException(failures),
        });
    }

    internal static IExecutionConfigurationBuilder CreateForReplica(IResource resource, int replica) =>
        new ExecutionConfigurationBuilder(resource) { Replica = replica };

    private async Task<Dictionary<string, object>> VariablesAsync(DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var context = new EnvironmentCallbackContext(executionContext, _resource, [], cancellationToken) { Logger = logger };
        if (EnvironmentVariables)
        {
            foreach (var annotation in _resource.Annotations.OfType<EnvironmentCallbackAnnotation>().ToArray())
            {
                await annotation.Callback(context);
            }
        }

        return context.EnvironmentVariables;
    }

    private async Task<List<object>> ArgumentsAsync(DistributedApplicationExecutionContext executionContext, ILogger logger, CancellationToken cancellationToken)
    {
        var args = new List<object>();
        var context = new CommandLineArgsCallbackContext(args, _resource, cancellationToken) { ExecutionContext = executionContext, Logger = logger };
        if (Arguments)
        {
            foreach (var annotation in _resource.Annotations.OfType<CommandLineArgsCallbackAnnotation>().ToArray())
            {
                await annotation.Callback(context);
            }
        }

        return args;
    }

    private async ValueTask<string?> ResolveAsync(object? value, DistributedApplicationExecutionContext executionContext, CancellationToken cancellationToken) => value switch
    {
        null => null,
        string text => text,
        IResourceBuilder<IResource> builder => await ResolveAsync(builder.Resource, executionContext, cancellationToken),
        IManifestExpressionProvider placeholder when executionContext.IsPublishMode => placeholder.ValueExpression,
        IValueProvider provider => await provider.GetValueAsync(
            new ValueProviderContext { ExecutionContext = executionContext, Caller = _resource, Replica = Replica, Network = KnownNetworkIdentifiers.LocalhostNetwork }, cancellationToken),
        bool flag => flag ? "true" : "false",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}
