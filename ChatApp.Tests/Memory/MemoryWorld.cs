using ChatApp.Api.Database;
using ChatApp.Api.Memory;
using ChatApp.Api.Memory.Index;
using ChatApp.Api.Memory.Recall;
using ChatApp.Api.Models;
using ChatApp.Api.Retrieval;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace ChatApp.Tests.Memory;

/// <summary>The memory's services in tables of their own, without HTTP, Redis and an engine.</summary>
internal sealed class MemoryWorld : IAsyncDisposable
{
    private readonly IHost _host;

    private MemoryWorld(IHost host, string database)
    {
        _host = host;
        Database = database;
    }

    public string Database { get; }

    public IServiceProvider Services => _host.Services;

    public IMemoryIndex Index => Services.GetRequiredService<IMemoryIndex>();

    public EmbeddedScopes Scopes => Services.GetRequiredService<EmbeddedScopes>();

    public IMemoryRecall Recall => Services.GetRequiredService<IMemoryRecall>();

    public MemoryStore Store => Services.GetRequiredService<MemoryStore>();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<MemoryWorld> StartAsync(StackFixture stack, Action<IServiceCollection>? services = null, params (string Key, string Value)[] settings)
    {
        var database = await ApiHost.CreateDatabaseAsync(stack);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        foreach (var (key, value) in (IEnumerable<(string, string)>)[($"ConnectionStrings:{DatabaseExtensions.ConnectionName}", database), .. settings])
        {
            builder.Configuration.AddInMemoryCollection([new(key, value)]);
        }

        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddDatabase();
        builder.AddRetrieval();
        builder.AddTextEmbedder();
        builder.AddEmbeddedMemoryIndex();
        builder.AddMemoryRecall();
        builder.Services.AddSingleton<MemoryStore>();
        // What is registered last counts.
        services?.Invoke(builder.Services);
        var host = builder.Build();
        await host.StartAsync(Cancelled);
        await host.Services.GetRequiredService<DatabaseReadiness>().WaitAsync(Cancelled);
        return new MemoryWorld(host, database);
    }

    /// <summary>A process of its own on the same tables, as far as the index is concerned: one with nothing in its memory.</summary>
    public IMemoryIndex AnotherIndex() =>
        ActivatorUtilities.CreateInstance<EmbeddedMemoryIndex>(Services, ActivatorUtilities.CreateInstance<EmbeddedScopes>(Services));

    public Task<object?> SqlAsync(string sql) => ApiHost.SqlAsync(Database, sql);

    public async Task<Guid> NewUserAsync()
    {
        var id = Guid.CreateVersion7();
        await SqlAsync($"INSERT INTO users (id, name, email, password_hash, role) VALUES ('{id}', 'Ada', '{id}@example.org', '', 'user')");
        return id;
    }

    public async Task<Guid> NewCharacterAsync()
    {
        var id = Guid.CreateVersion7();
        await SqlAsync($"""
            INSERT INTO characters (id, slug, name, tagline, description, style, system_prompt, greeting, temperature, accent_color, avatar)
            VALUES ('{id}', '{id}', 'Mira', '', '', '', '', '', 0, '#000000', 'M')
            """);
        return id;
    }

    public async Task<MemoryScope> NewScopeAsync() => new(await NewUserAsync(), await NewCharacterAsync());

    public async Task<Guid> NewConversationAsync(MemoryScope scope)
    {
        var id = Guid.CreateVersion7();
        await SqlAsync($"INSERT INTO conversations (id, user_id, character_id) VALUES ('{id}', '{scope.UserId}', '{scope.CharacterId}')");
        return id;
    }

    public async Task<NewMemory> NoteAsync(MemoryScope scope, string text, bool pinned = false, float importance = 0.5f)
    {
        var note = new NewMemory(MemoryKind.Note, MemorySpeaker.User, text, DateTimeOffset.UtcNow) { Pinned = pinned, Importance = importance };
        Assert.True(await Store.AddAsync(scope, [note], Cancelled));
        return note;
    }

    /// <summary>Writes what was said in a conversation, one after the other, the person first.</summary>
    public async Task<IReadOnlyList<NewMemory>> SayAsync(MemoryScope scope, Guid conversation, params string[] texts)
    {
        var begin = Convert.ToInt32(await SqlAsync($"SELECT count(*) FROM memories WHERE conversation_id = '{conversation}'"), System.Globalization.CultureInfo.InvariantCulture);
        var said = texts.Select((text, i) => new NewMemory(
            MemoryKind.Message, (begin + i) % 2 == 0 ? MemorySpeaker.User : MemorySpeaker.Character, text, DateTimeOffset.UtcNow.AddSeconds(i))
        {
            ConversationId = conversation, MessageId = Guid.CreateVersion7(), Position = begin + i,
        }).ToList();
        Assert.True(await Store.AddAsync(scope, said, Cancelled));
        return said;
    }

    /// <summary>The ids that are found, best first.</summary>
    public async Task<IReadOnlyList<Guid>> FindAsync(MemoryScope scope, string text, IMemoryIndex? index = null) =>
        [.. (await (index ?? Index).SearchAsync(scope, new MemorySearch { Text = text }, Cancelled)).Select(static h => h.Id)];

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }
}
