using System.Text.Json;
using ChatApp.Tests.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Browser;

/// <summary>What the Api knows of one account besides its sessions, as the account's pages ask for it.</summary>
internal sealed class FakeSettings(FakeAccounts accounts)
{
    private const string Svg = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1zM5 5h3v3H5z" fill="#000"/></svg>""";

    private readonly List<Dictionary<string, object?>> _sessions =
    [
        Session("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36", isCurrent: true, minutesAgo: 1),
        Session("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1", isCurrent: false, minutesAgo: 4000),
    ];

    private readonly List<Dictionary<string, object?>> _keys = [];

    public bool Tone { get; private set; } = true;

    public string? DeletedWith { get; private set; }

    public int Keys => _keys.Count;

    public int Sessions => _sessions.Count;

    public void Map(IEndpointRouteBuilder routes)
    {
        var me = routes.MapGroup("/api/me").AddEndpointFilter(async (context, next) =>
            accounts.Find(context.HttpContext) is null ? FakeAccounts.SignedOut() : await next(context));
        me.MapPatch("", (JsonElement body, HttpContext context) =>
        {
            accounts.Name = body.GetProperty("name").GetString()!;
            return Results.Ok(accounts.UserOf(accounts.Find(context)!));
        });
        me.MapPost("/password", (JsonElement body) => IsRight(body, "currentPassword") ? Results.NoContent() : Wrong("currentPassword"));
        me.MapPost("/email", (JsonElement body) => IsRight(body) ? Results.Json(new { confirmEmail = true }, statusCode: 202) : Wrong());
        me.MapPost("/second-factor", (JsonElement body) => IsRight(body)
            ? Results.Ok(new { secret = "JBSWY3DPEHPK3PXP", uri = "otpauth://totp/ChatApp:nora?secret=JBSWY3DPEHPK3PXP", qrSvg = Svg })
            : Wrong());
        me.MapPost("/second-factor/confirm", (JsonElement body) =>
        {
            accounts.SecondFactor = body.GetProperty("code").GetString() == FakeAccounts.Code;
            return accounts.SecondFactor ? Results.Ok(new { recoveryCodes = Codes }) : Results.ValidationProblem(new Dictionary<string, string[]> { ["code"] = ["This code is wrong."] });
        });
        me.MapPost("/second-factor/recovery-codes", (JsonElement body) => IsRight(body) ? Results.Ok(new { recoveryCodes = Codes }) : Wrong());
        me.MapGet("/external-logins", () => new { items = new[] { new { provider = "elsewhere", displayName = "Elsewhere", email = "nora@elsewhere.example" } } });
        me.MapGet("/sessions", () => new { items = _sessions, nextCursor = (string?)null });
        me.MapDelete("/sessions/{id:guid}", (Guid id) => _sessions.RemoveAll(session => (Guid)session["id"]! == id) > 0 ? Results.NoContent() : Results.NotFound());
        me.MapDelete("/sessions", () => { _sessions.RemoveAll(static session => !(bool)session["isCurrent"]!); return Results.NoContent(); });
        me.MapGet("/api-keys", () => new { items = _keys, nextCursor = (string?)null });
        me.MapPost("/api-keys", (JsonElement body) => Results.Json(Make(body.GetProperty("name").GetString()!, body.GetProperty("scopes")), statusCode: 201));
        me.MapPost("/api-keys/{id:guid}/rotate", (Guid id) => Results.Json(new { key = "cak_second_secret", apiKey = _keys.First(key => (Guid)key["id"]! == id) }, statusCode: 201));
        me.MapDelete("/api-keys/{id:guid}", (Guid id) => _keys.RemoveAll(key => (Guid)key["id"]! == id) > 0 ? Results.NoContent() : Results.NotFound());
        me.MapGet("/limits", () => new
        {
            requestsPerMinute = new { limit = 60, remaining = 57, resetsAt = DateTimeOffset.UtcNow.AddMinutes(1) },
            tokensPerDay = new { limit = 100_000, used = 41_300, resetsAt = DateTimeOffset.UtcNow.Date.AddDays(1) },
        });
        me.MapGet("/tone", () => new { enabled = Tone });
        me.MapPut("/tone", (JsonElement body) => { Tone = body.GetProperty("enabled").GetBoolean(); return new { enabled = Tone }; });
        me.MapGet("/export", () => Results.File("{}"u8.ToArray(), "application/json", "chatapp-export.json"));
        me.MapPost("/deletion", (JsonElement body) =>
        {
            if (!IsRight(body))
            {
                return Wrong();
            }

            DeletedWith = body.GetProperty("password").GetString();
            return Results.Accepted();
        });
    }

    private static string[] Codes => [.. Enumerable.Range(1, 10).Select(static number => $"abcd-{number:0000}-wxyz")];

    private static bool IsRight(JsonElement body, string field = "password") => body.GetProperty(field).GetString() == Person.Password;

    private static IResult Wrong(string field = "password") => Results.ValidationProblem(new Dictionary<string, string[]> { [field] = ["This is not your password."] });

    private static Dictionary<string, object?> Session(string userAgent, bool isCurrent, int minutesAgo) => new()
    {
        ["id"] = Guid.CreateVersion7(), ["createdAt"] = DateTimeOffset.UtcNow.AddDays(-9), ["lastSeenAt"] = DateTimeOffset.UtcNow.AddMinutes(-minutesAgo),
        ["expiresAt"] = DateTimeOffset.UtcNow.AddDays(21), ["address"] = "203.0.113.7", ["userAgent"] = userAgent, ["isCurrent"] = isCurrent,
    };

    private object Make(string name, JsonElement scopes)
    {
        _keys.Add(new()
        {
            ["id"] = Guid.CreateVersion7(), ["name"] = name, ["prefix"] = "cak_first", ["scopes"] = scopes, ["createdAt"] = DateTimeOffset.UtcNow,
            ["expiresAt"] = DateTimeOffset.UtcNow.AddDays(90), ["lastUsedAt"] = null, ["tokensPerDay"] = null, ["requestsPerMinute"] = null,
        });
        return new { key = "cak_first_a-very-secret-part-of-a-key-that-is-long", apiKey = _keys[^1] };
    }
}
