using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Audit;

namespace ChatApp.Api.People;

/// <summary>Who changes somebody else's account.</summary>
/// <param name="Id">Their own account.</param>
/// <param name="Role">What they may do.</param>
/// <param name="Audit">How the log names them.</param>
internal sealed record PeopleActor(Guid Id, UserRole Role, AuditActor Audit)
{
    /// <summary>Whoever makes this request; only behind authorization.</summary>
    public static PeopleActor Of(HttpContext context) => new(context.User.UserId, context.User.Role, AuditActor.Of(context));
}
