using ChatApp.Api.Accounts.Access;

namespace ChatApp.Api.Audit;

/// <summary>Who did something.</summary>
/// <param name="Kind">How they showed who they are.</param>
/// <param name="Id">The account; null when nobody knows.</param>
/// <param name="Address">Where the request came from.</param>
internal sealed record AuditActor(AuditActorKind Kind, Guid? Id, string? Address)
{
    /// <summary>The service itself, as by a rule or a retention period.</summary>
    public static AuditActor System { get; } = new(AuditActorKind.System, null, null);

    /// <summary>The API key, when it was one.</summary>
    public Guid? KeyId { get; init; }

    /// <summary>Whoever makes this request.</summary>
    public static AuditActor Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress?.ToString();
        if (context.User.Identity is not { IsAuthenticated: true })
        {
            return new AuditActor(AuditActorKind.Anonymous, null, address);
        }

        var key = context.User.KeyId;
        return new AuditActor(key is null ? AuditActorKind.Person : AuditActorKind.Key, context.User.UserId, address) { KeyId = key };
    }

    /// <summary>Somebody whose account is known although the request has no token yet, as in signing in.</summary>
    public static AuditActor Of(HttpContext context, Guid userId) =>
        new(AuditActorKind.Person, userId, context.Connection.RemoteIpAddress?.ToString());
}
