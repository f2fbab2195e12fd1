using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>The AppHost's program run up to its model, with nothing started: which resources, and what they are told.</summary>
internal sealed class AppHostModel : IAsyncDisposable
{
    private readonly IDistributedApplicationTestingBuilder _builder;
    private readonly StackFolder _folder;

    private AppHostModel(IDistributedApplicationTestingBuilder builder, StackFolder folder)
    {
        _builder = builder;
        _folder = folder;
    }

    public string DataDirectory => _folder.Path;

    public IEnumerable<string> Names => _builder.Resources.Select(resource => resource.Name);

    public static async Task<AppHostModel> CreateAsync(params string[] args)
    {
        var folder = new StackFolder();
        try
        {
            var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.ChatApp_AppHost>(
                [.. args, $"--ChatApp:DataDirectory={folder.Path}"], TestContext.Current.CancellationToken);
            return new AppHostModel(builder, folder);
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    public IResource this[string name] => _builder.Resources.Single(resource => resource.Name == name);

    /// <summary>What a resource is told, as a deployment's manifest would say it: placeholders, and no ports are needed.</summary>
    public async Task<Dictionary<string, string>> EnvironmentAsync(string name)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(this[name])
            .WithEnvironmentVariablesConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.Null(configuration.Exception);
        return configuration.EnvironmentVariables.ToDictionary(StringComparer.Ordinal);
    }

    public async Task<string[]> ArgumentsAsync(string name)
    {
        var configuration = await ExecutionConfigurationBuilder.Create(this[name])
            .WithArgumentsConfig()
            .BuildAsync(new DistributedApplicationExecutionContext(DistributedApplicationOperation.Publish), NullLogger.Instance, TestContext.Current.CancellationToken);
        Assert.Null(configuration.Exception);
        return [.. configuration.Arguments.Select(argument => argument.Value)];
    }

    /// <summary>The names of what a resource waits for.</summary>
    public IEnumerable<string> Waits(string name) => this[name].Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource.Name).Distinct();

    /// <summary>Which of the wanted names are not there; none is as it should be.</summary>
    public static IEnumerable<string> Missing(IEnumerable<string> names, params string[] wanted) => wanted.Except(names, StringComparer.Ordinal);

    public async ValueTask DisposeAsync()
    {
        await _builder.DisposeAsync();
        _folder.Dispose();
    }
}
