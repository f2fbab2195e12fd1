namespace Aspire.Hosting.Testing;

/// <summary>The builder of an AppHost under test, stopped at the moment before its program builds the application.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    /// <summary>Lets the AppHost's program go on and returns what it builds. The test starts and disposes it.</summary>
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}
