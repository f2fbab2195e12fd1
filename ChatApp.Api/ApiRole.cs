namespace ChatApp.Api;

/// <summary>What this process does: configuration <c>ChatApp:Role</c>.</summary>
internal enum ApiRole
{
    /// <summary>Both.</summary>
    All,

    /// <summary>Answers HTTP.</summary>
    Api,

    /// <summary>Works on turns.</summary>
    Worker,
}
