namespace ChatApp.Api.Turns;

/// <summary>Addresses of turns, for the answers that name them.</summary>
internal static class TurnRoutes
{
    public static string Turn(Guid id) => $"/api/turns/{id}";

    public static string Events(Guid id) => $"/api/turns/{id}/events";
}
