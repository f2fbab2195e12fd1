using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using Xunit;

#pragma warning disable EXTEXP0001 // The members that the services use are experimental.

namespace ChatApp.Tests.StandIns;

public sealed class StandardResilienceTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Options_Defaults()
    {
        var options = new HttpStandardResilienceOptions();

        Assert.Equal(TimeSpan.FromSeconds(30), options.TotalRequestTimeout.Timeout);
        Assert.Equal(TimeSpan.FromSeconds(10), options.AttemptTimeout.Timeout);
        Assert.Equal(3, options.Retry.MaxRetryAttempts);
        Assert.Equal(TimeSpan.FromSeconds(2), options.Retry.Delay);
        Assert.Equal(DelayBackoffType.Exponential, options.Retry.BackoffType);
        Assert.True(options.Retry.UseJitter);
        Assert.True(options.Retry.ShouldRetryAfterHeader);
        Assert.Equal(TimeSpan.FromSeconds(30), options.CircuitBreaker.SamplingDuration);
        Assert.Equal(1000, options.RateLimiter.DefaultRateLimiterOptions.PermitLimit);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError, 4)]
    [InlineData(HttpStatusCode.ServiceUnavailable, 4)]
    [InlineData(HttpStatusCode.RequestTimeout, 4)]
    [InlineData(HttpStatusCode.TooManyRequests, 4)]
    [InlineData(HttpStatusCode.BadRequest, 1)]
    [InlineData(HttpStatusCode.NotFound, 1)]
    public async Task Get_FailingStatus_IsTriedAgainWhenItMayPass(HttpStatusCode status, int attempts)
    {
        var (client, count) = Create((_, _) => Task.FromResult(new HttpResponseMessage(status)));

        using var response = await client.GetAsync(new Uri("http://service/"), Cancellation);

        Assert.Equal((status, attempts), (response.StatusCode, count()));
    }

    [Fact]
    public async Task Get_FailingConnection_IsTriedAgain()
    {
        var failures = 2;
        var (client, count) = Create((_, _) => failures-- > 0
            ? Task.FromException<HttpResponseMessage>(new HttpRequestException("refused"))
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)));

        using var response = await client.GetAsync(new Uri("http://service/"), Cancellation);

        Assert.Equal((HttpStatusCode.OK, 3), (response.StatusCode, count()));
    }

    [Theory]
    [InlineData("POST", 1)]
    [InlineData("PUT", 1)]
    [InlineData("PATCH", 1)]
    [InlineData("DELETE", 1)]
    [InlineData("GET", 4)]
    [InlineData("HEAD", 4)]
    public async Task DisableForUnsafeHttpMethods_TriesOnlySafeOnesAgain(string method, int attempts)
    {
        var (client, count) = Create(
            (_, _) => Task.FromException<HttpResponseMessage>(new HttpRequestException("refused")),
            options => options.Retry.DisableForUnsafeHttpMethods());

        await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(new HttpRequestMessage(new HttpMethod(method), "http://service/"), Cancellation));

        Assert.Equal(attempts, count());
    }

    [Fact]
    public async Task Post_ByDefault_IsTriedAgainToo()
    {
        var (client, count) = Create((_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.BadGateway)));

        using var response = await client.PostAsync(new Uri("http://service/"), null, Cancellation);

        Assert.Equal(4, count());
    }

    [Fact]
    public async Task Get_AttemptThatHangs_IsEndedAndTriedAgain()
    {
        var (client, count) = Create(
            async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
                throw new InvalidOperationException("not reached");
            },
            options =>
            {
                options.AttemptTimeout.Timeout = TimeSpan.FromMilliseconds(50);
                options.Retry.MaxRetryAttempts = 1;
            });

        await Assert.ThrowsAsync<TimeoutRejectedException>(() => client.GetAsync(new Uri("http://service/"), Cancellation));

        Assert.Equal(2, count());
    }

    [Fact]
    public async Task SelectPipelineByAuthority_OneServicesOpenCircuit_IsNotAnothers()
    {
        var (client, _) = Create(
            (request, _) => Task.FromResult(new HttpResponseMessage(request.RequestUri!.Host == "bad" ? HttpStatusCode.InternalServerError : HttpStatusCode.OK)),
            options =>
            {
                options.Retry.ShouldHandle = static _ => ValueTask.FromResult(false);
                options.CircuitBreaker.MinimumThroughput = 2;
            },
            builder => builder.SelectPipelineByAuthority());

        await Assert.ThrowsAsync<BrokenCircuitException>(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                using var failing = await client.GetAsync(new Uri("http://bad/"), Cancellation);
            }
        });
        using var response = await client.GetAsync(new Uri("http://good/"), Cancellation);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task RemoveAllResilienceHandlers_UndoesTheDefault()
    {
        var attempts = 0;
        var services = new ServiceCollection();
        services.ConfigureHttpClientDefaults(static http => http.AddStandardResilienceHandler());
        services.AddHttpClient("bare").RemoveAllResilienceHandlers().ConfigurePrimaryHttpMessageHandler(() => new AnsweringHandler((_, _) =>
        {
            attempts++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError));
        }));
        await using var provider = services.BuildServiceProvider();
        var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("bare");

        using var response = await client.GetAsync(new Uri("http://service/"), Cancellation);

        Assert.Equal(1, attempts);
        Assert.Equal(Timeout.InfiniteTimeSpan, client.Timeout);
    }

    [Theory]
    [InlineData(40, 80, 90)]
    [InlineData(20, 40, 30)]
    public async Task Options_ThatContradictEachOther_AreRefused(int attempt, int total, int sampling)
    {
        var services = new ServiceCollection();
        services.AddHttpClient("test").AddStandardResilienceHandler(options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(attempt);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(attempt == 40 ? attempt - 1 : total);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(sampling);
        });
        await using var provider = services.BuildServiceProvider();

        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());
    }

    private static (HttpClient Client, Func<int> Count) Create(
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer,
        Action<HttpStandardResilienceOptions>? configure = null,
        Action<IHttpStandardResiliencePipelineBuilder>? more = null)
    {
        var count = 0;
        var services = new ServiceCollection();
        var http = services.AddHttpClient("test").ConfigurePrimaryHttpMessageHandler(() => new AnsweringHandler((request, cancellationToken) =>
        {
            count++;
            return answer(request, cancellationToken);
        }));
        var pipeline = http.AddStandardResilienceHandler(options =>
        {
            // The waits between attempts are Polly's business; these tests are about how many there are.
            options.Retry.Delay = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        more?.Invoke(pipeline);
        return (services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient("test"), () => count);
    }
}
