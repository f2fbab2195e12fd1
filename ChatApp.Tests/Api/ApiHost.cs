using ChatApp.Api;
using ChatApp.Tests.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>
/// The Api with its worker on a real Kestrel, in tables of its own on the stack's Postgres, in front of an engine
/// that a test plays. Several hosts can share the same.
/// </summary>
internal sealed class ApiHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _disposed;

    private ApiHost(WebApplication app, string database)
    {
        _app = app;
        Database = database;
        Address = new Uri(app.Urls.Single());
    }

    /// <summary>The connection string of the database, for another host on the same one.</summary>
    public string Database { get; }

    public Uri Address { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a host in a new database.</summary>
    public static async Task<ApiHost> StartAsync(StackFixture stack, ScriptedEngine engine, params (string Key, string Value)[] settings) =>
        await StartAsync(stack, engine, await CreateDatabaseAsync(stack), settings);

    /// <summary>Starts a host in the database of another.</summary>
    public static Task<ApiHost> StartAsync(
        StackFixture stack, ScriptedEngine engine, string database, params (string Key, string Value)[] settings) =>
        StartAsync(stack, engine, database, static _ => { }, settings);

    /// <summary>Starts a host with some of its services played by the test.</summary>
    public static async Task<ApiHost> StartAsync(
        StackFixture stack, ScriptedEngine engine, string database, Action<IServiceCollection> replace, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        (string Key, string Value)[] defaults =
        [
            ("ConnectionStrings:chatdb", database),
            ("ConnectionStrings:redis", stack.Redis),
            ("Services:inference:http:0", engine.Address.GetLeftPart(UriPartial.Authority)),
            ("Inference:Key", "a-key"),
            ("Models:Default", "scripted"),
            // The engine hears only of turns, unless a test is about the rest.
            ("Summaries:Enabled", "false"),
            // Tests of turns say when which piece of an answer is there to be seen.
            ("Moderation:HoldBack", "0"),
            // Tests ask more often than people; those that are about limits set their own.
            ("Limits:RequestsPerMinute", "100000"),
            ("Limits:RedisTimeout", "00:00:02"),
            ("Auth:Secret", "a-secret-for-tests-of-32-characters-or-more"),
            // Passwords are no secrets here, and their price is paid for every account of every test.
            ("Auth:PasswordIterations", "1000"),
        ];
        foreach (var (key, value) in (IEnumerable<(string, string)>)[.. defaults, .. settings])
        {
            builder.Configuration.AddInMemoryCollection([new(key, value)]);
        }

        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddServiceDefaults();
        builder.AddFoundation();
        builder.AddHttpApi();
        if (builder.Configuration["ChatApp:Role"] != "api")
        {
            builder.AddWorker();
        }

        replace(builder.Services);
        var app = builder.Build();
        app.MapDefaultEndpoints();
        app.MapHttpApi();
        await app.StartAsync();
        await app.Services.GetRequiredService<DatabaseReadiness>().WaitAsync(TestContext.Current.CancellationToken);
        return new ApiHost(app, database);
    }

    /// <summary>The stack's database with an empty schema of its own, which is as good as another database and costs nothing.</summary>
    public static async Task<string> CreateDatabaseAsync(StackFixture stack)
    {
        var schema = "test_" + Guid.NewGuid().ToString("N");
        await SqlAsync(stack.ChatDb, $"CREATE SCHEMA {schema}");

        // Each host keeps a pool of its own, and the server has so many connections.
        return new NpgsqlConnectionStringBuilder(stack.ChatDb) { SearchPath = schema, MaxPoolSize = 12, ConnectionIdleLifetime = 2, ConnectionPruningInterval = 1 }.ConnectionString;
    }

    /// <summary>Signs up somebody new here.</summary>
    public Task<ApiUser> SignUpAsync() => ApiUser.SignUpAsync(new HttpClient { BaseAddress = Address });

    /// <summary>Runs SQL against the host's database, as only a test may.</summary>
    public Task<object?> SqlAsync(string sql) => SqlAsync(Database, sql);

    public static async Task<object?> SqlAsync(string database, string sql)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stops as a deploy stops it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_disposed)
        {
            _disposed = true;
            await _app.StopAsync();
            await _app.DisposeAsync();
        }
    }
}
