using System.Net.Http.Headers;
using ChatApp.Tests.Api;
using ChatApp.Tests.Gateway;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace ChatApp.Tests.Security;

/// <summary>A host without a worker, with somebody who owns things, and one of each who is to be kept from them.</summary>
public sealed class GuardedHost(StackFixture stack) : IAsyncLifetime
{
    private readonly List<ApiUser> _users = [];
    private FakeGateway _gateway = null!;
    private ScriptedEngine _engine = null!;

    internal ApiHost Host { get; private set; } = null!;

    /// <summary>Whose the <see cref="Estate"/> is.</summary>
    internal ApiUser Owner { get; private set; } = null!;

    /// <summary>What is tried to get at.</summary>
    internal Estate Estate { get; private set; } = null!;

    /// <summary>Somebody of each role, none of whom is the owner.</summary>
    internal Dictionary<RouteAccess, ApiUser> ByRole { get; } = [];

    /// <summary>Everybody who is not the owner: an administrator has no more right to somebody's conversations than others.</summary>
    internal IEnumerable<(string Who, ApiUser User)> Others => ByRole.Select(static role => (role.Key.ToString(), role.Value));

    public async ValueTask InitializeAsync()
    {
        _gateway = await FakeGateway.StartAsync();
        _engine = await ScriptedEngine.StartAsync();
        Host = await ApiHost.StartAsync(stack, _engine, [ApiHostRows.WithoutWorker, .. Plenty, .. _gateway.Settings]);
        ByRole[RouteAccess.Admin] = await ArriveAsync(); // the first account of all
        Owner = await ArriveAsync();
        Estate = await Estate.MakeAsync(Host, Owner);
        ByRole[RouteAccess.Person] = await ArriveAsync();
        ByRole[RouteAccess.Creator] = await ArriveAsync("creator");
        ByRole[RouteAccess.Moderator] = await ArriveAsync("moderator");
    }

    /// <summary>A client with this token, or with none.</summary>
    internal HttpClient Client(string? token = null)
    {
        var client = new HttpClient { BaseAddress = Host.Address };
        ApiUser.FromElsewhere(client);
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>Tokens that nobody may get in with, and none at all.</summary>
    internal Task<List<(string What, string? Token)>> BadTokensAsync() => BadTokens.MakeAsync(this);

    /// <summary>Equal only when nothing of what people have has changed.</summary>
    internal async Task<string> FingerprintAsync() => (string)(await Host.SqlAsync("""
        SELECT concat_ws(' ',
            (SELECT count(*) || ':' || md5(coalesce(string_agg(c::text, '|' ORDER BY id), '')) FROM conversations c),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(m::text, '|' ORDER BY id), '')) FROM messages m),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(t::text, '|' ORDER BY id), '')) FROM turns t),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(m::text, '|' ORDER BY id), '')) FROM memories m),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(d.id::text, '|' ORDER BY id), '')) FROM documents d),
            (SELECT count(*) || ':' || md5(coalesce(string_agg(concat_ws(',', u.id, u.name, u.email, u.role, u.password_hash), '|' ORDER BY id), '')) FROM users u))
        """))!;

    /// <summary>Equal only when nothing of what the owner has has changed, whatever table it is in.</summary>
    internal async Task<string> FingerprintOfOwnerAsync()
    {
        var owner = Estate["person"];
        // When somebody was last seen is not theirs to keep.
        var tables = ((string)(await Host.SqlAsync(
            "SELECT string_agg(DISTINCT table_name, ',') FROM information_schema.columns WHERE table_schema = current_schema() AND column_name = 'user_id' AND table_name <> 'sessions'"))!).Split(',');
        var parts = tables.Select(table => $"(SELECT '{table} ' || count(*) || ' ' || md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} t WHERE user_id = '{owner}')")
            .Append($"(SELECT md5(u::text) FROM users u WHERE id = '{owner}')")
            .Append($"(SELECT md5(string_agg(m::text, '|' ORDER BY m.id)) FROM messages m JOIN conversations c ON c.id = m.conversation_id WHERE c.user_id = '{owner}')");
        return (string)(await Host.SqlAsync($"SELECT concat_ws(' ', {string.Join(", ", parts)})"))!;
    }

    /// <summary>Tokens that were good once: one that ran out, and one whose session was ended.</summary>
    internal async Task<List<(string What, string? Token)>> EndedTokensAsync()
    {
        var before = new ShiftedTime(TimeSpan.FromHours(-2));
        await using var earlier = await ApiHost.StartAsync(
            stack, _engine, Host.Database, services => services.AddSingleton<TimeProvider>(before), [ApiHostRows.WithoutWorker, .. Plenty, .. _gateway.Settings]);
        var late = await earlier.SignUpAsync();
        var gone = await ArriveAsync();
        _users.Add(late);
        using var response = await gone.Client.PostAsync("/api/auth/sign-out", null, TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        return [("a token that ran out", late.Token), ("a token of a session that ended", gone.Token)];
    }

    public async ValueTask DisposeAsync()
    {
        _users.ForEach(static user => user.Dispose());
        await Host.DisposeAsync();
        await _engine.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    private static (string Key, string Value)[] Plenty => [("Auth:AttemptsPerMinute", "100000")];

    private async Task<ApiUser> ArriveAsync(string? role = null)
    {
        var user = await Host.SignUpAsync();
        _users.Add(user);
        if (role is not null)
        {
            await Host.SqlAsync($"UPDATE users SET role = '{role}' WHERE lower(email) = lower('{user.Email}')");
            user = await ApiUser.SignInAsync(new HttpClient { BaseAddress = Host.Address }, user.Email);
            _users.Add(user);
        }

        return user;
    }
}
