namespace ChatApp.Api.People;

/// <summary>What came of changing somebody's account.</summary>
internal enum PersonChange
{
    /// <summary>It is done, or was so before.</summary>
    Done,

    /// <summary>There is no such account.</summary>
    NoSuchPerson,

    /// <summary>Somebody of this role may not do that to somebody of that.</summary>
    NotAllowed,

    /// <summary>Nobody would be left to run the service.</summary>
    LastAdmin,

    /// <summary>People do not do that to themselves.</summary>
    Oneself,
}
