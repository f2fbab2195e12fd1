using ChatApp.ServiceDefaults.Http;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Settings for clients that must not be retried and whose answers take as long as they take.</summary>
public static class StreamingHttpClientExtensions
{
    /// <summary>
    /// Makes a client fit for streams and for generation: no retry (a repeated generation costs the engine twice), no limit on the
    /// whole, but limits on connecting, on the wait for the first byte, and on silence after it, each of which ends the request with a
    /// <see cref="TimeoutException"/>. Cancelling the token closes the connection at once, and with it the work behind it.
    /// </summary>
    /// <remarks>
    /// Read with <see cref="HttpCompletionOption.ResponseHeadersRead"/>, or the answer is buffered whole. A library on top may bound the
    /// request itself: set <c>NetworkTimeout</c> of the OpenAI client's options to infinite, and its retry policy to none.
    /// </remarks>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Changes the limits.</param>
    /// <returns>The same builder.</returns>
    public static IHttpClientBuilder AddStreamingDefaults(this IHttpClientBuilder builder, Action<StreamingHttpClientOptions>? configure = null)
    {
        var options = new StreamingHttpClientOptions();
        configure?.Invoke(options);

        builder.RemoveAllResilienceHandlers();
        builder.ConfigureHttpClient(static client => client.Timeout = Timeout.InfiniteTimeSpan);
        builder.UseSocketsHttpHandler((handler, _) =>
        {
            handler.ConnectTimeout = options.ConnectTimeout;

            // Leaving an answer means closing its connection now; the default reads on for two seconds, hoping to reuse it.
            handler.ResponseDrainTimeout = TimeSpan.Zero;
            handler.PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2);
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        });
        builder.AddHttpMessageHandler(services => new StreamTimeoutHandler(options, services.GetService<TimeProvider>() ?? TimeProvider.System));
        return builder;
    }
}
