using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Tests.Accounts.Mail;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Accounts;

/// <summary>An Api, once for a class, that drops its mails into a folder.</summary>
public class IdentityFixture(StackFixture stack) : IAsyncLifetime
{
    private ScriptedEngine? _engine;

    internal ApiHost Host { get; private set; } = null!;

    internal MailFolder Mails { get; } = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public virtual async ValueTask InitializeAsync()
    {
        _engine = await ScriptedEngine.StartAsync();
        Host = await ApiHost.StartAsync(
            stack,
            _engine,
            [
                ApiHostRows.WithoutWorker, ("Auth:SiteAddress", "https://chat.example.org"), ("Mail:Directory", Mails.Path), ("Auth:AttemptsPerMinute", "100000"),
                .. Settings(),
            ]);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Host.DisposeAsync();
        await _engine!.DisposeAsync();
        Mails.Dispose();
    }

    /// <summary>What else the host is told.</summary>
    protected virtual IEnumerable<(string Key, string Value)> Settings() => [];

    internal HttpClient NewClient()
    {
        var client = new HttpClient { BaseAddress = Host.Address };
        ApiUser.FromElsewhere(client);
        return client;
    }

    /// <summary>An address that nobody else has.</summary>
    internal static string NewEmail() => $"{Guid.NewGuid():N}@example.org";

    /// <summary>Posts as nobody.</summary>
    internal async Task<Answer> PostAsync(string path, object body)
    {
        using var client = NewClient();
        return await PostAsync(client, path, body);
    }

    internal static async Task<Answer> PostAsync(HttpClient client, string path, object body)
    {
        using var response = await client.PostAsJsonAsync(path, body, Cancelled);
        return await Answer.ReadAsync(response);
    }

    internal static async Task<Answer> SendAsync(HttpClient client, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var response = await client.SendAsync(request, Cancelled);
        return await Answer.ReadAsync(response);
    }

    internal Task<Answer> SignInAsync(string email, string password) => PostAsync("/api/auth/sign-in", new { email, password });

    /// <summary>A client with what a sign-in gave.</summary>
    internal HttpClient ClientOf(JsonNode signedIn)
    {
        var client = NewClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)signedIn["accessToken"]!);
        return client;
    }

    /// <summary>Signs up somebody whose address is confirmed.</summary>
    internal async Task<ApiUser> ConfirmedAsync()
    {
        var user = await Host.SignUpAsync();
        var mail = await Mails.OneAsync(user.Email, "Confirm your e-mail address");
        Assert.Equal(204, (await PostAsync("/api/auth/confirm-email", new { token = mail.Token })).Status);
        return user;
    }

    /// <summary>Waits until no mail is waiting any more.</summary>
    internal async Task SettleAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(15));
        while ((long)(await Host.SqlAsync("SELECT count(*) FROM mails WHERE ended_at IS NULL AND run_after <= now()"))! > 0)
        {
            await Task.Delay(20, patience.Token);
        }
    }

    internal async Task<long> CountAsync(string sql) => (long)(await Host.SqlAsync(sql))!;
}
