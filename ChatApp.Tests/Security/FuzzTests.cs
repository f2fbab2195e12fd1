using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Security;

/// <summary>Ten thousand requests made of the OpenAPI document: whatever they are, each has an answer that is ours, and changes only what it may.</summary>
[Trait("Category", "Integration")]
public sealed class FuzzTests(GuardedHost guarded) : IClassFixture<GuardedHost>
{
    private const int Requests = 10_000;
    private const int AtOnce = 8;

    private static readonly TimeSpan Hang = TimeSpan.FromSeconds(15);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TenThousandRequests_OfStrangers_AreAnsweredAndChangeNothingOfOthers()
    {
        // Another seed each day, said when something is found, so that it can be found again.
        var seed = int.TryParse(Environment.GetEnvironmentVariable("CHATAPP_TEST_FUZZ_SEED"), CultureInfo.InvariantCulture, out var given) ? given : DateTime.UtcNow.DayOfYear;
        using var client = guarded.Client();
        var description = JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", Cancelled))!;
        var attacker = guarded.ByRole[RouteAccess.Person];
        var own = await Estate.MakeAsync(guarded.Host, attacker);
        var fuzzer = new OpenApiFuzzer(description, [.. guarded.Estate.Ids, .. own.Ids], seed);
        var before = await guarded.FingerprintOfOwnerAsync();
        var found = new ConcurrentQueue<string>();
        var answers = new ConcurrentDictionary<int, int>();
        var gate = new Lock();
        var made = 0;

        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(AskAsync, Cancelled)));

        Assert.True(found.IsEmpty, $"CHATAPP_TEST_FUZZ_SEED={seed}{Environment.NewLine}{string.Join(Environment.NewLine, found.Distinct().Take(20))}");
        Assert.Equal(before, await guarded.FingerprintOfOwnerAsync());
        Assert.Equal("user", await guarded.Host.SqlAsync($"SELECT role FROM users WHERE lower(email) = lower('{attacker.Email}')") ?? "user");
        // Not all of it was turned away at the door.
        Assert.True(answers.Keys.Any(static status => status is >= 200 and < 300), string.Join(", ", answers));
        Assert.True(fuzzer.Operations > 40, "The document describes too little.");

        async Task AskAsync()
        {
            while (true)
            {
                HttpRequestMessage request;
                int number;
                lock (gate)
                {
                    if (made == Requests)
                    {
                        return;
                    }

                    number = made++;
                    request = fuzzer.Next(number);
                }

                // Every fifth as nobody.
                using var owned = request;
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
                patience.CancelAfter(Hang);
                try
                {
                    using var response = await SendAsync(number % 5 == 0 ? client : attacker.Client, request, patience.Token);
                    var status = (int)response.StatusCode;
                    answers.AddOrUpdate(status, 1, static (_, count) => count + 1);
                    if (status >= 500 || (status >= 400 && response.Content.Headers.ContentType?.MediaType != "application/problem+json"))
                    {
                        found.Enqueue($"{request.Method} {request.RequestUri}: {status} {response.Content.Headers.ContentType} {await BodyAsync(request)}");
                    }
                }
                catch (OperationCanceledException) when (!Cancelled.IsCancellationRequested)
                {
                    found.Enqueue($"{request.Method} {request.RequestUri}: no answer in {Hang.TotalSeconds} s {await BodyAsync(request)}");
                }
            }
        }
    }

    // A connection that the server has just closed, because it did not want the rest of the body before, says nothing of this request.
    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? null : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        try
        {
            return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown)
        {
            using var again = new HttpRequestMessage(request.Method, request.RequestUri) { Content = body is null ? null : new ByteArrayContent(body) };
            again.Content?.Headers.TryAddWithoutValidation("Content-Type", request.Content!.Headers.ContentType?.ToString());
            foreach (var header in request.Headers)
            {
                again.Headers.TryAddWithoutValidation(header.Key, header.Value);
            }

            again.Headers.ConnectionClose = true;
            return await client.SendAsync(again, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
    }

    private static async Task<string> BodyAsync(HttpRequestMessage request)
    {
        if (request.Content is null)
        {
            return "";
        }

        var body = await request.Content.ReadAsStringAsync(CancellationToken.None);
        return body.Length <= 400 ? body : body[..400];
    }
}
