using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>Two Api processes on one database and one clock, the second of them without Redis. Nobody works on turns: they stay queued.</summary>
public sealed class TwoNodes(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine _engine = null!;

    internal MovableTime Time { get; } = new();

    internal ApiHost One { get; private set; } = null!;

    internal ApiHost Other { get; private set; } = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        var database = await ApiHost.CreateDatabaseAsync(stack);
        One = await StartAsync(database);
        Other = await StartAsync(database, ("ConnectionStrings:redis", "127.0.0.1:1,abortConnect=false,connectTimeout=200"));
    }

    public async ValueTask DisposeAsync()
    {
        await One.DisposeAsync();
        await Other.DisposeAsync();
        await _engine.DisposeAsync();
    }

    /// <summary>Asks for the next tokens of a session.</summary>
    internal static async Task<HttpResponseMessage> RefreshAsync(ApiHost node, string refreshToken)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        return await client.PostAsJsonAsync("/api/auth/refresh", new { refreshToken }, Cancelled);
    }

    /// <summary>What <c>/api/me</c> is answered with a token.</summary>
    internal static async Task<HttpStatusCode> MeAsync(ApiHost node, string token)
    {
        using var client = new HttpClient { BaseAddress = node.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await client.GetAsync("/api/me", Cancelled);
        return response.StatusCode;
    }

    /// <summary>Waits until a token is refused, and gives how long that took.</summary>
    internal static async Task<TimeSpan> UntilRefusedAsync(ApiHost node, string token)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await MeAsync(node, token) != HttpStatusCode.Unauthorized)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < TimeSpan.FromSeconds(20), "The token is still taken.");
            await Task.Delay(20, Cancelled);
        }

        return TimeProvider.System.GetElapsedTime(begun);
    }

    /// <summary>Does something in a transaction, as a feature does.</summary>
    internal async Task<T> InTransactionAsync<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await using var connection = await One.Services.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(Cancelled);
        await using var transaction = await connection.BeginTransactionAsync(Cancelled);
        var result = await work(connection);
        await transaction.CommitAsync(Cancelled);
        return result;
    }

    private Task<ApiHost> StartAsync(string database, params (string Key, string Value)[] settings) =>
        ApiHost.StartAsync(stack, _engine, database, services => services.AddSingleton<TimeProvider>(Time), [ApiHostRows.WithoutWorker, .. settings]);
}
