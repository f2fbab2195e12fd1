using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using ChatApp.Tests.Api;
using ChatApp.Tests.Knowledge;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace ChatApp.Tests.Security;

/// <summary>OWASP ASVS 5.0, what chat services trip over. The rest is named in docs/security.md with the tests that prove it.</summary>
[Trait("Category", "Integration")]
public sealed class AsvsTests(StackFixture stack)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    // 4.2.1: nobody in front of us and we can be of two minds about where a request ends.
    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6", "hello")]
    [InlineData("Transfer-Encoding: xchunked", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity", "0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked", "zz\r\nhello\r\n0\r\n\r\n")]
    [InlineData("Content-Length: -1", "")]
    [InlineData("Content-Length: 5\r\n folded: yes", "hello")]
    [InlineData("Content-Length : 5", "hello")]
    public async Task V4_ARequestOfTwoLengths_IsRefusedBySiteAndApi(string header, string body)
    {
        foreach (var address in new[] { stack.Web, stack.Api })
        {
            var answer = await RawAsync(address, $"POST /api/conversations HTTP/1.1\r\nHost: {address.Authority}\r\nContent-Type: application/json\r\n{header}\r\n\r\n{body}");

            // The site refuses a request that is from no page of its own before it reads any of its body.
            Assert.True(answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 403", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 401", StringComparison.Ordinal), answer);
            Assert.DoesNotContain("HTTP/1.1", answer[12..], StringComparison.Ordinal);
        }
    }

    // 4.1.3: who asks is what the token says, whatever headers claim.
    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("X-Forwarded-User")]
    [InlineData("X-Original-URL")]
    [InlineData("X-Rewrite-URL")]
    [InlineData("X-HTTP-Method-Override")]
    [InlineData("ChatApp-Caller")]
    public async Task V4_AHeaderThatClaimsSomething_ClaimsNothing(string name)
    {
        using var owner = await ApiUser.SignUpAsync(stack.CreateApiClient());
        using var other = await ApiUser.SignUpAsync(stack.CreateApiClient());
        var id = (string)(await owner.GetAsync("/api/me"))["id"]!;
        var conversation = await owner.StartConversationAsync();
        other.Client.DefaultRequestHeaders.TryAddWithoutValidation(name, name.Contains("URL", StringComparison.Ordinal) ? "/api/admin/engines" : name.Contains("Method", StringComparison.Ordinal) ? "DELETE" : id);

        var me = await other.GetAsync("/api/me");
        using var response = await other.Client.GetAsync($"/api/conversations/{conversation}", Cancelled);

        Assert.NotEqual(id, (string)me["id"]!);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        await owner.GetAsync($"/api/conversations/{conversation}");
    }

    // 16.2.5 and 16.4.1: no secrets and no words in logs, and no lines that somebody else wrote.
    [Fact]
    public async Task V16_Logs_HoldNeitherSecretsNorWordsNorForgedLines()
    {
        const string said = "my hidden garden key";
        const string answered = "the answer about tulips";
        const string forged = "Bob\nfail: Everything is broken";
        using var logs = new KeptLogs();
        await using var engine = await ScriptedEngine.StartAsync();
        await using var host = await ApiHost.StartAsync(
            stack,
            engine,
            await ApiHost.CreateDatabaseAsync(stack),
            // As appsettings.json has it, and everything of our own.
            services => services.AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Information)
                .AddFilter("ChatApp", LogLevel.Trace).AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("System.Net.Http.HttpClient", LogLevel.Warning).AddFilter("Npgsql", LogLevel.Warning)));
        using var user = await host.SignUpAsync();
        using var nobody = new HttpClient { BaseAddress = host.Address };
        ApiUser.FromElsewhere(nobody);
        using var wrong = await nobody.PostAsJsonAsync("/api/auth/sign-in", new { email = forged, password = "a-wrong-password-9" }, Cancelled);
        var conversation = await user.StartConversationAsync();
        await user.AddDocumentAsync(DocumentClient.OfConversation(conversation), "plan.txt", Encoding.UTF8.GetBytes("Where the orchids sleep."));
        var turn = await user.SayAsync(conversation, $"Tell me of {said}.");
        await engine.AnswerNextAsync(answered);
        await user.EventsAsync(turn);
        turn = await user.SayAsync(conversation, $"Again of {said}.");
        (await engine.NextCallAsync()).Refuse(400, $"Cannot: {said}");
        await user.EventsAsync(turn);
        using var unknown = await user.Client.GetAsync("/api/%0d%0afail:%20forged", Cancelled);

        Assert.NotEmpty(logs.Lines);
        foreach (var secret in (string[])[said, answered, "orchids", ApiUser.Password, "a-wrong-password-9", user.Token, user.Token.Split('.')[2], "a-secret-for-tests", "Password="])
        {
            Assert.True(logs.Lines.FirstOrDefault(line => line.Contains(secret, StringComparison.Ordinal)) is null, $"{secret} in: {logs.Lines.FirstOrDefault(l => l.Contains(secret, StringComparison.Ordinal))}");
        }

        Assert.DoesNotContain(logs.Lines, static line => line.Contains("\nfail:", StringComparison.Ordinal));
    }

    private static async Task<string> RawAsync(Uri address, string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Cancelled);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request), Cancelled);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        patience.CancelAfter(TimeSpan.FromSeconds(10));
        // The server ends such a connection, so that nothing that follows is taken for a request.
        return await reader.ReadToEndAsync(patience.Token);
    }
}
