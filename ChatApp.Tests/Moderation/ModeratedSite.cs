using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using ChatApp.Api.Moderation;
using ChatApp.Tests.Api;
using ChatApp.Tests.Stack;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace ChatApp.Tests.Moderation;

/// <summary>A host with detectors that a test knows, and an administrator. Policies are as the service comes with them, but that hate of the highest level is covered.</summary>
public sealed class ModeratedSite(StackFixture stack) : IAsyncLifetime
{
    /// <summary>What is blocked where it is said or answered.</summary>
    public const string Blocked = "one very bad thing";

    /// <summary>What is covered.</summary>
    public const string Covered = "a hateful word";

    /// <summary>What is flagged.</summary>
    public const string Flagged = "flagged word";

    /// <summary>What somebody says who needs help.</summary>
    public const string Despair = "so much despair";

    /// <summary>What only the slow detector blocks, while it is asked.</summary>
    public const string Subtle = "something subtle";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    internal ScriptedEngine Engine { get; private set; } = null!;

    internal ApiHost Host { get; private set; } = null!;

    internal ApiUser Admin { get; private set; } = null!;

    internal WordDetector Slow { get; } = new(false, (Subtle, ModerationCategory.Illegal, ModerationLevel.High), (Flagged, ModerationCategory.Illegal, ModerationLevel.Medium));

    private WordDetector Rules { get; } = new(
        true,
        (Blocked, ModerationCategory.Sexual, ModerationLevel.High),
        (Covered, ModerationCategory.Hate, ModerationLevel.High),
        (Flagged, ModerationCategory.Sexual, ModerationLevel.Medium),
        (Despair, ModerationCategory.SelfHarm, ModerationLevel.High));

    public async ValueTask InitializeAsync()
    {
        Engine = await ScriptedEngine.StartAsync();
        Host = await AnotherHostAsync(await ApiHost.CreateDatabaseAsync(stack));
        Admin = await Host.SignUpAsync();
        await ChangeAsync(static rules => rules["hate"]!["high"] = "redact");
    }

    public async ValueTask DisposeAsync()
    {
        Admin.Dispose();
        await Host.DisposeAsync();
        await Engine.DisposeAsync();
    }

    /// <summary>Another process on the same database.</summary>
    internal Task<ApiHost> AnotherHostAsync(string? database = null, params (string Key, string Value)[] settings) =>
        ApiHost.StartAsync(stack, Engine, database ?? Host.Database, Replace, [("Models:Prefills", "true"), ("Turns:Lease", "00:00:02"), ("Turns:Drain", "00:00:00"), ("Moderation:HoldBack", "60"), ("Moderation:SlowEvery", "40"), ("Moderation:PolicyInterval", "00:00:00.2"), .. settings]);

    /// <summary>Changes the site's policy, and gives its new version.</summary>
    internal async Task<int> ChangeAsync(Action<JsonNode>? rules = null, object? detectors = null, string? whenUnavailable = null, bool? holdAnswers = null, string[]? overridable = null)
    {
        var policy = await Admin.GetAsync("/api/admin/moderation/policies/site");
        rules?.Invoke(policy["rules"]!);
        return await PutAsync("site", (int)policy["version"]!, new { rules = policy["rules"], detectors, whenUnavailable, holdAnswers, overridable }, HttpStatusCode.OK);
    }

    /// <summary>Puts a policy, and gives its version.</summary>
    internal async Task<int> PutAsync(string scope, int? version, object body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/admin/moderation/policies/{scope}") { Content = JsonContent.Create(body) };
        if (version is { } known)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{known}\"");
        }

        using var response = await Admin.Client.SendAsync(request, Cancelled);
        var text = await response.Content.ReadAsStringAsync(Cancelled);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {text}");
        return response.IsSuccessStatusCode ? (int)JsonNode.Parse(text)!["version"]! : 0;
    }

    /// <summary>The newest decision about a person's text.</summary>
    internal async Task<JsonNode> ItemAsync(ApiUser user, string filter = "open")
    {
        var me = (string)(await user.GetAsync("/api/me"))["id"]!;
        var items = (await Admin.GetAsync($"/api/moderation/items?status={filter}&limit=100"))["items"]!.AsArray();
        return items.First(i => (string?)i!["user"]?["id"] == me)!;
    }

    private void Replace(IServiceCollection services)
    {
        services.RemoveAll<IContentDetector>();
        services.AddSingleton<IContentDetector>(Rules);
        services.AddSingleton<IContentDetector>(Slow);
    }
}
