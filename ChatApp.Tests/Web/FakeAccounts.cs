using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ChatApp.Tests.Web;

/// <summary>
/// Sessions as the Api has them: access tokens that end, refresh tokens that are good once, and the same successor again for a token
/// that is one behind. An address may have a second factor, need to be confirmed, or be banned, by how it begins.
/// </summary>
internal sealed class FakeAccounts
{
    public const string Password = "correct horse";
    public const string Code = "123456";
    public const string Ticket = "ticket.of.";

    private readonly ConcurrentDictionary<string, FakeSession> _sessions = new();
    private int _refreshes;
    private int _signOuts;

    /// <summary>The role of whoever signs up.</summary>
    public string Role { get; set; } = "user";

    /// <summary>What everybody is called.</summary>
    public string Name { get; set; } = "Nora";

    /// <summary>Whether everybody has a second factor.</summary>
    public bool SecondFactor { get; set; }

    /// <summary>How long the token of a sign-in is good; it may be over at once.</summary>
    public TimeSpan FirstTokenLives { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long those of renewals are good.</summary>
    public TimeSpan NextTokensLive { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Renewals wait for this.</summary>
    public Task MayRefresh { get; set; } = Task.CompletedTask;

    /// <summary>Renewals fail for a while, and nothing is decided.</summary>
    public bool IsInTrouble { get; set; }

    /// <summary>How often tokens were renewed, or asked to be.</summary>
    public int Refreshes => Volatile.Read(ref _refreshes);

    /// <summary>How often a session was ended by its owner.</summary>
    public int SignOuts => Volatile.Read(ref _signOuts);

    /// <summary>What was sent along with the last sign-in or renewal: the address, and the browser.</summary>
    public (string? Address, string? UserAgent) LastVisitor { get; private set; }

    /// <summary>What came as the body of the last request that has one here, besides passwords.</summary>
    public JsonElement LastBody { get; private set; }

    /// <summary>When a session ends that is not used.</summary>
    public static DateTimeOffset SessionEnd { get; } = DateTimeOffset.UtcNow.AddDays(30);

    public static string TokenOf(string email, int number = 0) => number == 0 ? $"token.of.{email}" : $"token.of.{email}.{number}";

    /// <summary>Ends all sessions of an address, as another device or an administrator would.</summary>
    public void EndAll(string email)
    {
        foreach (var session in _sessions.Values.Where(session => session.Email == email))
        {
            session.HasEnded = true;
        }
    }

    /// <summary>Tokens made before now are refused, and the sessions live on: as after a change of role.</summary>
    public void CutOff(string email)
    {
        foreach (var session in _sessions.Values.Where(session => session.Email == email))
        {
            session.CutOffAt = session.Number;
        }
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/auth/sign-up", (JsonElement body, HttpContext context) => SignUp(body, context));
        routes.MapPost("/api/auth/sign-in", (JsonElement body, HttpContext context) => SignIn(body, context));
        routes.MapPost("/api/auth/second-factor", (JsonElement body, HttpContext context) =>
            Text(body, "ticket").StartsWith(Ticket, StringComparison.Ordinal) && Text(body, "code") == Code
                ? Results.Ok(Begin(Text(body, "ticket")[Ticket.Length..], context))
                : Results.Problem(statusCode: 401, detail: "This code is wrong."));
        routes.MapPost("/api/auth/refresh", RefreshAsync);
        routes.MapPost("/api/auth/sign-out", SignOut);
        routes.MapPost("/api/auth/forgot-password", Accept);
        routes.MapPost("/api/auth/resend-confirmation", Accept);
        routes.MapPost("/api/auth/reset-password", (JsonElement body) => Keep(body, Link(body)));
        routes.MapPost("/api/auth/confirm-email", (JsonElement body) => Keep(body, Link(body)));
        routes.MapGet("/api/auth/providers", () => new { items = new[] { new { name = "elsewhere", displayName = "Elsewhere" } } });
        routes.MapPost("/api/auth/external/elsewhere", (JsonElement body) => Keep(body, Results.Ok(new
        {
            authorizeUrl = "https://elsewhere.example/authorize?client_id=1", state = "sealed-state",
        })));
        routes.MapPost("/api/auth/external/elsewhere/callback", (JsonElement body, HttpContext context) => Keep(body, Text(body, "code") == "good"
            ? Results.Ok(Begin("else@example.com", context))
            : Results.Problem(statusCode: 401, detail: "Elsewhere does not know this code.")));
        routes.MapGet("/api/me", (HttpContext context) => Find(context) is { } session ? Results.Ok(UserOf(session)) : SignedOut());
    }

    /// <summary>The session whose token a request carries; null when it is not good.</summary>
    public FakeSession? Find(HttpContext context)
    {
        var token = context.Request.Headers.Authorization.ToString();
        return _sessions.Values.FirstOrDefault(session => !session.HasEnded && session.Number > session.CutOffAt && session.ExpiresAt > DateTimeOffset.UtcNow && token == $"Bearer {session.Token}");
    }

    public object UserOf(FakeSession session) => new
    {
        id = session.UserId, name = Name, email = session.Email, role = Role, emailConfirmed = true, hasPassword = true,
        secondFactor = SecondFactor || session.Email.StartsWith("careful", StringComparison.Ordinal), createdAt = DateTimeOffset.UnixEpoch,
    };

    public static IResult SignedOut() => Results.Problem(statusCode: 401, detail: "Sign in first.");

    private static string Text(JsonElement body, string name) => body.GetProperty(name).GetString()!;

    private static IResult Coded(string code, string detail) =>
        Results.Problem(statusCode: 403, detail: detail, extensions: new Dictionary<string, object?> { ["code"] = code });

    private static IResult Link(JsonElement body) => Text(body, "token") == "good-token"
        ? Results.NoContent()
        : Results.Problem(statusCode: 400, detail: "This link is not good any more.");

    private IResult Keep(JsonElement body, IResult answer)
    {
        LastBody = body;
        return answer;
    }

    private IResult Accept(JsonElement body) => Keep(body, Results.Accepted());

    private IResult SignUp(JsonElement body, HttpContext context) => Text(body, "email") switch
    {
        "taken@example.com" => Results.Problem(statusCode: 409, detail: "Someone already signed up with this e-mail address."),
        "odd@example.com" => Results.ValidationProblem(new Dictionary<string, string[]> { ["password"] = ["This password is on a list of stolen ones."] }),
        "waits@example.com" => Results.Json(new { confirmEmail = true }, statusCode: 202),
        var email => Results.Json(Begin(email, context), statusCode: 201),
    };

    private IResult SignIn(JsonElement body, HttpContext context)
    {
        var email = Text(body, "email");
        return Text(body, "password") != Password ? Results.Problem(statusCode: 401, detail: "The e-mail address or the password is wrong.")
            : email.StartsWith("careful", StringComparison.Ordinal) ? Results.Json(new { ticket = Ticket + email, expiresAt = DateTimeOffset.UtcNow.AddMinutes(5) }, statusCode: 202)
            : email.StartsWith("unconfirmed", StringComparison.Ordinal) ? Coded("email_not_confirmed", "Confirm your e-mail address first.")
            : email.StartsWith("banned", StringComparison.Ordinal) ? Coded("banned", "This account is banned until 1 May: it sold sea shells.")
            : Results.Ok(Begin(email, context));
    }

    private object Begin(string email, HttpContext context)
    {
        Note(context);
        var session = new FakeSession(Guid.CreateVersion7(), email) { ExpiresAt = DateTimeOffset.UtcNow + FirstTokenLives };
        _sessions[session.Id.ToString("N")] = session;
        return Answer(session);
    }

    private object Answer(FakeSession session) => new
    {
        accessToken = session.Token, expiresAt = session.ExpiresAt, refreshToken = session.RefreshToken, sessionExpiresAt = SessionEnd, user = UserOf(session),
    };

    private async Task<IResult> RefreshAsync(JsonElement body, HttpContext context)
    {
        Interlocked.Increment(ref _refreshes);
        Note(context);
        await MayRefresh;
        if (IsInTrouble)
        {
            return Results.Problem(statusCode: 503, detail: "Not now.");
        }

        var parts = Text(body, "refreshToken").Split('.');
        if (!_sessions.TryGetValue(parts[1], out var session) || session.HasEnded)
        {
            return Results.Problem(statusCode: 401, detail: "This session has ended.", extensions: new Dictionary<string, object?> { ["code"] = "session_ended" });
        }

        lock (session)
        {
            var number = int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture);
            if (number < session.Number - 1)
            {
                session.HasEnded = true; // Used twice: somebody else has it, too.
                return Results.Problem(statusCode: 401, detail: "This session has ended.");
            }

            if (number == session.Number)
            {
                (session.Number, session.ExpiresAt) = (number + 1, DateTimeOffset.UtcNow + NextTokensLive);
            }

            return Results.Ok(Answer(session));
        }
    }

    private IResult SignOut(HttpContext context)
    {
        if (Find(context) is not { } session)
        {
            return SignedOut();
        }

        session.HasEnded = true;
        Interlocked.Increment(ref _signOuts);
        return Results.NoContent();
    }

    private void Note(HttpContext context) =>
        LastVisitor = (context.Request.Headers["X-Forwarded-For"].FirstOrDefault(), context.Request.Headers.UserAgent.FirstOrDefault());
}
