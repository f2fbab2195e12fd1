namespace ChatApp.Tests.Security;

/// <summary>Who may call a route.</summary>
internal enum RouteAccess
{
    /// <summary>Everybody, signed in or not.</summary>
    Anybody,

    /// <summary>Whoever is signed in, for what is theirs.</summary>
    Person,

    /// <summary>Those who may make characters.</summary>
    Creator,

    /// <summary>Those who judge what was reported.</summary>
    Moderator,

    /// <summary>Those who run the service.</summary>
    Admin,
}
