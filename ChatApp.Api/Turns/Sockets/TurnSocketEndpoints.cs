using System.Security.Claims;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Turns.Events;

namespace ChatApp.Api.Turns.Sockets;

internal static class TurnSocketEndpoints
{
    private const string Path = "/api/ws";

    public static void AddTurnSockets(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<FollowAdmission>();

    public static void UseTurnSockets(this WebApplication app) => app.UseWhen(
        static context => context.Request.Path.Equals(Path, StringComparison.OrdinalIgnoreCase),
        static branch => branch.UseWebSockets(new WebSocketOptions
        {
            KeepAliveInterval = TimeSpan.FromSeconds(15),
            KeepAliveTimeout = TimeSpan.FromSeconds(15),
        }));

    public static void MapTurnSockets(this IEndpointRouteBuilder routes) =>
        routes.MapGet(Path, Open).WithTags("Turns").RequireAuthorization()
            .WithName("OpenTurnSocket").WithSummary("A WebSocket on which many turns are followed, with the same events as their streams.")
            .WithDescription("""
                Send {"type":"follow","turnId":"...","lastEventId":"12-40"}, {"type":"unfollow","turnId":"..."} or {"type":"ping"}, as text of at most 4 KB.
                Comes back: {"type":"event","turnId":"...","id":"12-40","event":"delta","data":{...}}, {"type":"ended","turnId":"..."} after a turn's last event,
                {"type":"error","turnId":"...","status":404,"title":"...","detail":"..."} and {"type":"pong"}. A socket follows 64 turns at most.
                """)
            .Produces(StatusCodes.Status101SwitchingProtocols)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<IResult> Open(
        HttpContext context,
        ClaimsPrincipal principal,
        FollowAdmission admission,
        ReaderLimit limit,
        OpenReaders readers,
        TimeProvider time)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status400BadRequest, detail: "This address takes WebSockets only.");
        }

        using var place = limit.TryEnter(principal.UserId, ReaderKind.Socket);
        if (place is null)
        {
            return ReaderLimit.Refuse();
        }

        using var webSocket = await context.WebSockets.AcceptWebSocketAsync();
        using var socket = new TurnSocket(webSocket, principal.Access, admission, time);
        readers.Add(socket);
        try
        {
            await socket.RunAsync();
        }
        finally
        {
            readers.Remove(socket);
        }

        return TypedResults.Empty;
    }
}
