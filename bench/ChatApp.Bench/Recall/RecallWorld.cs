using ChatApp.Api.Database;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Api.Retrieval;
using ChatApp.Bench.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace ChatApp.Bench.Recall;

/// <summary>The product's memory on a private Postgres: the services that the Api registers, without HTTP, Redis and engines.</summary>
internal sealed class RecallWorld : IAsyncDisposable
{
    private readonly BenchDatabase _database;
    private readonly IHost _host;

    private RecallWorld(BenchDatabase database, IHost host)
    {
        _database = database;
        _host = host;
    }

    public MemoryStore Store => _host.Services.GetRequiredService<MemoryStore>();

    public IMemoryIndex Index => _host.Services.GetRequiredService<IMemoryIndex>();

    public IMemoryRecall Recall => _host.Services.GetRequiredService<IMemoryRecall>();

    private NpgsqlDataSource Source => _host.Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<RecallWorld> StartAsync(CancellationToken cancellationToken)
    {
        var database = await BenchDatabase.StartAsync(cancellationToken);
        try
        {
            var builder = Host.CreateEmptyApplicationBuilder(null);
            builder.Configuration.AddInMemoryCollection([new($"ConnectionStrings:{DatabaseExtensions.ConnectionName}", database.ConnectionString)]);
            builder.Services.AddSingleton(TimeProvider.System);
            builder.AddDatabase();
            builder.AddRetrieval();
            builder.AddTextEmbedder();
            builder.AddEmbeddedMemoryIndex();
            builder.AddMemoryRecall();
            builder.Services.AddSingleton<MemoryStore>();
            var host = builder.Build();
            await host.StartAsync(cancellationToken);
            await host.Services.GetRequiredService<DatabaseReadiness>().WaitAsync(cancellationToken);
            return new RecallWorld(database, host);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>The product's index with nothing in it, as in a process that has just begun.</summary>
    public IMemoryIndex ColdIndex() => ActivatorUtilities.CreateInstance<EmbeddedMemoryIndex>(
        _host.Services, ActivatorUtilities.CreateInstance<EmbeddedScopes>(_host.Services));

    /// <summary>Somebody new with a character of their own.</summary>
    public async Task<MemoryScope> NewScopeAsync(CancellationToken cancellationToken)
    {
        var scope = new MemoryScope(Guid.CreateVersion7(), Guid.CreateVersion7());
        await Source.ExecuteAsync(
            """
            INSERT INTO users (id, name, email, password_hash, role) VALUES (@UserId, 'Bench', @UserId || '@example.org', '', 'user');
            INSERT INTO characters (id, slug, name, tagline, description, style, system_prompt, greeting, temperature, accent_color, avatar)
            VALUES (@CharacterId, @CharacterId::text, 'Bench', '', '', '', '', '', 0, '#000000', 'B')
            """,
            new { scope.UserId, scope.CharacterId },
            cancellationToken);
        return scope;
    }

    /// <summary>A new conversation in the scope.</summary>
    public async Task<Guid> NewConversationAsync(MemoryScope scope, CancellationToken cancellationToken)
    {
        var id = Guid.CreateVersion7();
        await Source.ExecuteAsync(
            "INSERT INTO conversations (id, user_id, character_id) VALUES (@id, @UserId, @CharacterId)",
            new { id, scope.UserId, scope.CharacterId },
            cancellationToken);
        return id;
    }

    /// <summary>Texts as the product takes them apart.</summary>
    public async Task<IReadOnlyList<TermVector>> AnalyseAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var rows = await Source.ListAsync<string>(
            "SELECT to_tsvector('english', t.text)::text FROM unnest(@texts) WITH ORDINALITY AS t (text, place) ORDER BY place",
            new { texts = texts.Select(TextAnalysis.Prepare).ToArray() },
            cancellationToken);
        return [.. rows.Select(static r => TermVector.Parse(r))];
    }

    /// <summary>Has the server take note of what was written, as its own daemon does after a while.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => Source.ExecuteAsync("VACUUM ANALYZE", null, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        await _database.DisposeAsync();
    }
}
