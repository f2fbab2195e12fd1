using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace ChatApp.Tests.Api;

/// <summary>Somebody who has an account, and talks to the Api by HTTP alone.</summary>
internal sealed class ApiUser : IDisposable
{
    public const string Password = "correct horse battery";

    /// <summary>Mira, who is seeded.</summary>
    public static readonly Guid Mira = new("01980000-0000-7000-8000-000000000001");

    private ApiUser(HttpClient client, JsonNode signedIn)
    {
        Client = client;
        Token = (string)signedIn["accessToken"]!;
        RefreshToken = (string)signedIn["refreshToken"]!;
        Id = (Guid)signedIn["user"]!["id"]!;
        Email = (string)signedIn["user"]!["email"]!;
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public HttpClient Client { get; }

    public Guid Id { get; }

    /// <summary>The access token that signing up gave.</summary>
    public string Token { get; }

    /// <summary>The refresh token that signing up gave.</summary>
    public string RefreshToken { get; }

    public string Email { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Makes an account with the given client, which is the user's from then on.</summary>
    public static async Task<ApiUser> SignUpAsync(HttpClient client)
    {
        FromElsewhere(client);
        var email = $"{Guid.NewGuid():N}@example.org";
        using var response = await client.PostAsJsonAsync("/api/auth/sign-up", new { name = "Ada", email, password = Password }, Cancelled);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return new ApiUser(client, await JsonAsync(response));
    }

    /// <summary>Signs in with the password that all tests' accounts have, by a client that is the user's from then on.</summary>
    public static async Task<ApiUser> SignInAsync(HttpClient client, string email)
    {
        FromElsewhere(client);
        using var response = await client.PostAsJsonAsync("/api/auth/sign-in", new { email, password = Password }, Cancelled);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return new ApiUser(client, await JsonAsync(response));
    }

    /// <summary>Gives the client an address of its own, so that tests do not use up each other's attempts.</summary>
    public static void FromElsewhere(HttpClient client) =>
        client.DefaultRequestHeaders.Add("X-Forwarded-For", $"2001:db8:{Random.Shared.Next(0x10000):x}:{Random.Shared.Next(0x10000):x}::{Random.Shared.Next(1, 0x10000):x}");

    public static async Task<JsonNode> JsonAsync(HttpResponseMessage response) =>
        JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancelled))!;

    public async Task<JsonNode> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path, Cancelled);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {response.StatusCode}");
        return await JsonAsync(response);
    }

    public async Task<Guid> StartConversationAsync(Guid? character = null)
    {
        using var response = await Client.PostAsJsonAsync("/api/conversations", new { characterId = character ?? Mira }, Cancelled);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        return (Guid)(await JsonAsync(response))["id"]!;
    }

    public async Task<HttpResponseMessage> PostTurnAsync(Guid conversation, string text, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/conversations/{conversation}/turns") { Content = JsonContent.Create(new { text }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Client.SendAsync(request, Cancelled);
    }

    /// <summary>Says something, and gives the turn's id.</summary>
    public async Task<Guid> SayAsync(Guid conversation, string text)
    {
        using var response = await PostTurnAsync(conversation, text);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return (Guid)(await JsonAsync(response))["id"]!;
    }

    public async Task<JsonNode> CancelAsync(Guid turn)
    {
        using var response = await Client.PostAsync($"/api/turns/{turn}/cancel", null, Cancelled);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        return await JsonAsync(response);
    }

    public Task<EventReader> FollowAsync(Guid turn, string? lastEventId = null) => EventReader.OpenAsync(Client, turn, lastEventId);

    /// <summary>Follows a turn to its end.</summary>
    public async Task<List<TurnEventSeen>> EventsAsync(Guid turn, string? lastEventId = null)
    {
        using var reader = await FollowAsync(turn, lastEventId);
        return await reader.ReadToEndAsync();
    }

    public async Task<IReadOnlyList<JsonNode>> MessagesAsync(Guid conversation) =>
        [.. (await GetAsync($"/api/conversations/{conversation}/messages"))["items"]!.AsArray().Select(static m => m!)];

    public void Dispose() => Client.Dispose();
}
