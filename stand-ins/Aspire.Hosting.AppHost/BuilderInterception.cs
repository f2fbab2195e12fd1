using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

/// <summary>
/// How the testing package gets hold of the builder that an AppHost's own program creates: the program runs in a flow
/// in which <see cref="Current"/> is set.
/// </summary>
internal abstract class BuilderInterception
{
    private static readonly AsyncLocal<BuilderInterception?> Flow = new();

    public static BuilderInterception? Current
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    /// <summary>The program creates its builder.</summary>
    public abstract void OnCreating(DistributedApplicationOptions options, HostApplicationBuilderSettings settings);

    /// <summary>The program calls Build; it goes on when this returns.</summary>
    public abstract void OnBuilding(DistributedApplicationBuilder builder);

    public abstract void OnBuilt(DistributedApplication application);

    public abstract void OnDisposed();

    /// <summary>The program calls Run, but whoever intercepted it starts and stops the application.</summary>
    public abstract Task WhenDisposedAsync(CancellationToken cancellationToken);
}
