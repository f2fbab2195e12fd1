using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Aspire.Hosting;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using ChatApp.Tests.Web;
using Npgsql;
using Xunit;

namespace ChatApp.Tests.AppHost;

/// <summary>The system with its roles apart, two processes each, in front of an engine that the test plays.</summary>
internal sealed class ScaledStack : IAsyncDisposable
{
    private readonly StackFolder _folder = new();
    private RunningStack _stack = null!;

    private ScaledStack(ScriptedEngine engine) => Engine = engine;

    public ScriptedEngine Engine { get; }

    public Uri Worker => _stack.Endpoint("worker");

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<ScaledStack> StartAsync()
    {
        var scaled = new ScaledStack(await ScriptedEngine.StartAsync());
        try
        {
            scaled._stack = await RunningStack.StartAsync(
                scaled._folder.Path,
                Path.Combine(RepositoryFolder.Artifacts("test-logs"), "scale.log"),
                Cancelled,
                ["--ChatApp:Scale=true", "--ChatApp:Engine:Kind=endpoint", $"--ChatApp:Engine:Address={scaled.Engine.Address}", "--ChatApp:Model=scripted", "--ChatApp:Engine:Prefills=true"],
                static service => service.WithEnvironment("Turns__Lease", "00:00:02"));
            await scaled._stack.HealthyAsync("worker", Cancelled);
            return scaled;
        }
        catch
        {
            await scaled.DisposeAsync();
            throw;
        }
    }

    /// <summary>Somebody new, signed in on the site, whose requests all go through it.</summary>
    public async Task<Visitor> SignUpAsync()
    {
        var visitor = new Visitor(_stack.Endpoint("web"));
        using var signedUp = await visitor.SubmitAsync(
            "/sign-up",
            new() { ["Form.Name"] = "Ada", ["Form.Email"] = $"{Guid.NewGuid():N}@example.org", ["Form.Password"] = ApiUser.Password },
            Cancelled);
        Assert.Equal(HttpStatusCode.Redirect, signedUp.StatusCode);
        visitor.Http.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return visitor;
    }

    public static async Task<Guid> IdAsync(HttpClient site, string path, object body)
    {
        using var response = await site.PostAsJsonAsync(path, body, Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return (Guid)(await ApiUser.JsonAsync(response))["id"]!;
    }

    public async Task<string> SqlAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(await _stack.ConnectionStringAsync("chatdb", Cancelled));
        await using var command = source.CreateCommand(sql);
        return (string)(await command.ExecuteScalarAsync(Cancelled))!;
    }

    /// <summary>The processes of one role. They are told from others by this stack's own password in their environment.</summary>
    public async Task<List<int>> ProcessesAsync(string role)
    {
        var database = $"ConnectionStrings__chatdb={await _stack.ConnectionStringAsync("chatdb", Cancelled)}\0";
        return [.. Process.GetProcesses().Select(static process => process.Id)
            .Where(id => Environment(id) is { } text && text.Contains(database, StringComparison.Ordinal) && text.Contains($"ChatApp__Role={role}\0", StringComparison.Ordinal))];
    }

    /// <summary>As <c>kill -9</c>.</summary>
    public static async Task KillAsync(int id)
    {
        using var process = Process.GetProcessById(id);
        process.Kill();
        await process.WaitForExitAsync(Cancelled);
    }

    public async ValueTask DisposeAsync()
    {
        if (_stack is not null)
        {
            await _stack.DisposeAsync();
        }

        await Engine.DisposeAsync();
        _folder.Dispose();
    }

    private static string? Environment(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/environ");
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile, or belongs to somebody else.
            return null;
        }
    }
}
