using System.Globalization;
using ChatApp.Api.Accounts;
using ChatApp.Api.Audit;
using ChatApp.Api.Audit.Verification;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.Audit;

/// <summary>An Api without a worker, and its administrator.</summary>
public sealed class AuditHost(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine? _engine;

    internal ApiHost Api { get; private set; } = null!;

    internal ApiUser Admin { get; private set; } = null!;

    internal AuditLog Log => Api.Services.GetRequiredService<AuditLog>();

    public async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        Api = await ApiHost.StartAsync(stack, _engine, ApiHostRows.WithoutWorker, ("Limits:Attempts:FailuresWithoutPause", "9"));
        Admin = await Api.SignUpAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Admin?.Dispose();
        await Api.DisposeAsync();
        await _engine!.DisposeAsync();
    }

    /// <summary>Signs the administrator in again, whose tokens no longer count.</summary>
    internal async Task SignInAdminAsync()
    {
        using var before = Admin;
        Admin = await ApiUser.SignInAsync(new HttpClient { BaseAddress = Api.Address }, before.Email);
    }

    /// <summary>Changes the log as whoever owns its tables could.</summary>
    internal Task TamperAsync(string sql) => Api.SqlAsync(
        $"ALTER TABLE audit_log DISABLE TRIGGER USER; ALTER TABLE audit_head DISABLE TRIGGER USER; {sql}; ALTER TABLE audit_log ENABLE TRIGGER USER; ALTER TABLE audit_head ENABLE TRIGGER USER");

    /// <summary>Adds entries, and gives the number of the last.</summary>
    internal async Task<long> AppendAsync(int count, string detail = "one of many")
    {
        for (var i = 0; i < count; i++)
        {
            await Log.AppendAsync(Entry($"{detail} {i}"), TestContext.Current.CancellationToken);
        }

        return Convert.ToInt64(await Api.SqlAsync("SELECT max(id) FROM audit_log"), CultureInfo.InvariantCulture);
    }

    /// <summary>What a process that has just started finds.</summary>
    internal async Task<AuditVerification> CheckAsync()
    {
        var services = Api.Services;
        var verifier = new AuditVerifier(
            services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<SecretBox>(), Log, new AuditWitness(NullLogger<AuditWitness>.Instance), TimeProvider.System);
        return (await verifier.CheckAsync(TestContext.Current.CancellationToken))!;
    }

    internal static AuditEntry Entry(string note) => new(AuditActions.RoleChanged, AuditActor.System)
    {
        SubjectKind = "account",
        SubjectId = Guid.NewGuid().ToString(),
        Detail = new Dictionary<string, string> { ["note"] = note },
    };
}
