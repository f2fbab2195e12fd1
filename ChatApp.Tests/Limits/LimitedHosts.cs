using System.Net;
using System.Net.Http.Headers;
using ChatApp.Api.Limits.People;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using StackExchange.Redis;
using Xunit;

namespace ChatApp.Tests.Limits;

/// <summary>Two processes of the Api, as it were, on one database and one Redis. No worker: turns stay as they were accepted.</summary>
public sealed class LimitedHosts(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;

    internal ApiHost One { get; private set; } = null!;

    internal ApiHost Two { get; private set; } = null!;

    internal ApiUser Admin { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        (string, string)[] settings =
        [
            ApiHostRows.WithoutWorker,
            ("Limits:RedisTimeout", "00:00:10"),
            ("Limits:AnonymousRequestsPerMinute", "100"),
            ("Limits:Roles:creator:TogetherRequestsPerMinute", "25"),
            ("Limits:Attempts:FirstPause", "00:00:00"),
            ("Limits:Attempts:AddressFailures", "20"),
            ("Auth:AttemptsPerMinute", "100000"),
            ("Turns:MaxActivePerUser", "1000"),
            ("Cors:Origins:0", "https://app.example.org"),
        ];
        One = await ApiHost.StartAsync(stack, _engine, settings);
        Two = await ApiHost.StartAsync(stack, _engine, One.Database, settings);
        Admin = await One.SignUpAsync();
    }

    /// <summary>Somebody new, with limits that an administrator gives them.</summary>
    internal async Task<(ApiUser Here, HttpClient There)> SignUpAsync(int? requestsPerMinute = null, long? tokensPerDay = null)
    {
        var user = await One.SignUpAsync();
        var id = (Guid)(await user.GetAsync("/api/me"))["id"]!;
        if (requestsPerMinute is not null || tokensPerDay is not null)
        {
            await Admin.SendAsync(HttpMethod.Put, $"/api/admin/people/{id}/limits", new { requestsPerMinute, tokensPerDay }).JsonAsync(HttpStatusCode.OK);
            await Two.Services.GetRequiredService<PersonLimitBook>().RefreshAsync(TestContext.Current.CancellationToken);
        }

        var there = new HttpClient { BaseAddress = Two.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", user.Token) } };
        return (user, there);
    }

    /// <summary>Somebody without an account, at an address of their own.</summary>
    internal HttpClient Stranger(bool there = false)
    {
        var client = new HttpClient { BaseAddress = (there ? Two : One).Address };
        ApiUser.FromElsewhere(client);
        return client;
    }

    /// <summary>Takes everything out of Redis.</summary>
    internal async Task FlushAsync()
    {
        using var redis = await ConnectionMultiplexer.ConnectAsync(stack.Redis);
        await redis.GetDatabase().ExecuteAsync("FLUSHALL");
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Two.DisposeAsync();
        await One.DisposeAsync();
        await _engine.DisposeAsync();
    }
}
