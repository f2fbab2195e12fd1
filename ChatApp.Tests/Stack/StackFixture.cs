namespace ChatApp.Tests.Stack;

/// <summary>
/// The whole system, once for all tests: the AppHost in the local way of running, on real servers, with a data directory of
/// its own. It starts when the first test asks for something of it, so that unit tests alone start nothing.
/// </summary>
public sealed class StackFixture : IAsyncDisposable
{
    private readonly StackFolder _folder = new();
    private readonly Lazy<Task<RunningStack>> _stack;

    /// <summary>Starts nothing yet.</summary>
    public StackFixture() => _stack = new Lazy<Task<RunningStack>>(() => Task.Run(() =>
        RunningStack.StartAsync(_folder.Path, Path.Combine(RepositoryFolder.Artifacts("test-logs"), "stack.log"), CancellationToken.None)));

    /// <summary>The site's address, with a trailing slash.</summary>
    public Uri Web => Running.Endpoint("web");

    /// <summary>The Api's address, with a trailing slash.</summary>
    public Uri Api => Running.Endpoint("api");

    /// <summary>The gateway's address, with a trailing slash.</summary>
    public Uri Inference => Running.Endpoint("inference");

    /// <summary>The address of llama-server itself; it wants <see cref="EngineKey"/> as a bearer token.</summary>
    public Uri Engine => Running.Endpoint("llama");

    /// <summary>The connection string of the database.</summary>
    public string ChatDb => ConnectionString("chatdb");

    /// <summary>The connection string of Redis: <c>host:port,password=…</c></summary>
    public string Redis => ConnectionString("redis");

    /// <summary>The key that the gateway wants as a bearer token.</summary>
    public string InferenceKey => Running.Secret("inference-key");

    /// <summary>The key that llama-server wants as a bearer token.</summary>
    public string EngineKey => Running.Secret("engine-key");

    // Tests read addresses in constructors and arrangements, where nothing can be awaited. The start runs on the thread pool,
    // which has no synchronisation context, so blocking here cannot deadlock.
    private RunningStack Running => _stack.Value.GetAwaiter().GetResult();

    /// <summary>A client whose base address is the Api's. The caller disposes it.</summary>
    public HttpClient CreateApiClient() => Running.CreateClient("api");

    /// <summary>A client whose base address is the site's. The caller disposes it.</summary>
    public HttpClient CreateWebClient() => Running.CreateClient("web");

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_stack.IsValueCreated)
        {
            try
            {
                await (await _stack.Value).DisposeAsync();
            }
            catch (InvalidOperationException)
            {
                // It did not start, which the tests that wanted it have said.
            }
        }

        _folder.Dispose();
    }

    private string ConnectionString(string name) => Running.ConnectionStringAsync(name, CancellationToken.None).GetAwaiter().GetResult();
}
