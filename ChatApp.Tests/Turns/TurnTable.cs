using ChatApp.Api.Conversations;
using ChatApp.Api.Database;
using ChatApp.Api.Models;
using ChatApp.Api.Turns;
using ChatApp.Api.Turns.Running;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Turns;

/// <summary>The real stores of turns over tables of their own, with no worker but those that a test plays.</summary>
internal sealed class TurnTable : IAsyncDisposable
{
    public const int MaxActive = 2;
    public const int MaxAttempts = 3;

    private readonly IHost _host;
    private readonly NpgsqlDataSource _database;
    private readonly TurnAcceptance _acceptance;

    private TurnTable(IHost host)
    {
        _host = host;
        _database = host.Services.GetRequiredService<NpgsqlDataSource>();
        Answers = new AnswerStore(_database);
        Turns = new TurnStore(_database);
        _acceptance = ActivatorUtilities.CreateInstance<TurnAcceptance>(host.Services);
        Conversations = new ConversationStore(_database);
    }

    public AnswerStore Answers { get; }

    public TurnStore Turns { get; }

    public ConversationStore Conversations { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<TurnTable> CreateAsync(StackFixture stack)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection([
            // What a test writes need not outlive a power cut.
            new("ConnectionStrings:chatdb", $"{await ApiHost.CreateDatabaseAsync(stack)};Options=-c synchronous_commit=off"),
            new("Turns:MaxActivePerUser", $"{MaxActive}"),
            new("Turns:MaxAttempts", $"{MaxAttempts}"),
            new("Turns:MaxQueued", "100000"),
            new("Turns:Lease", "01:00:00")]);
        builder.AddDatabase();
        builder.Services.AddSingleton<TurnStore>();
        builder.Services.AddSingleton<ModelCatalog>();
        builder.Services.AddOptions<TurnOptions>().BindConfiguration(TurnOptions.Section);
        var host = builder.Build();
        await host.Services.GetRequiredService<MigrationRunner>().ApplyAsync(Cancelled);
        return new TurnTable(host);
    }

    /// <summary>Somebody says something.</summary>
    public Task<Acceptance> AcceptAsync(Guid conversation, Guid user) => _acceptance.AcceptAsync(conversation, user, TurnRequest.Say("Tell me"), null, Cancelled);

    /// <summary>A worker's own queue.</summary>
    public TurnQueue NewQueue() => new(_database, _host.Services.GetRequiredService<IOptions<TurnOptions>>());

    public async Task<Guid> NewUserAsync()
    {
        var id = Guid.CreateVersion7();
        await SqlAsync("INSERT INTO users (id, name, email, password_hash, role) VALUES (@id, 'Ada', @id::text || '@example.org', '-', 'user')", new { id });
        return id;
    }

    public async Task<Guid> NewConversationAsync(Guid user) => (await Conversations.CreateAsync(user, ApiUser.Mira, Cancelled))!.Id;

    public Task<List<string>> ListAsync(string sql) => _database.ListAsync<string>(sql, null, Cancelled);

    public Task<int> SqlAsync(string sql, object parameters) => _database.ExecuteAsync(sql, parameters, Cancelled);

    /// <summary>A person's turns as lines that say everything that matters.</summary>
    public Task<List<string>> RowsAsync(Guid user) => _database.ListAsync<string>(
        """
        SELECT concat_ws(' ', t.id, t.status, 'attempt', t.attempt, 'failures', t.failures, 'losses', t.losses, 'seq', t.event_seq,
                   CASE WHEN t.worker IS NULL THEN 'free' ELSE 'owned' END,
                   CASE WHEN t.lease_until IS NULL THEN 'unleased' WHEN t.lease_until < now() THEN 'expired' ELSE 'leased' END,
                   CASE WHEN t.cancel_requested_at IS NULL THEN 'wanted' ELSE 'unwanted' END,
                   CASE WHEN t.finished_at IS NULL THEN 'open' ELSE 'closed' END, 'message', m.status, m.text)
        FROM turns t JOIN messages m ON m.id = t.assistant_message_id
        WHERE t.user_id = @user ORDER BY t.created_at
        """,
        new { user },
        Cancelled);

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _host.Dispose();
    }
}
