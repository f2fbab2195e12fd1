namespace ChatApp.Web.Session;

/// <summary>Where to go after signing in.</summary>
internal static class ReturnUrl
{
    private const string Home = "/characters";

    /// <summary>The given address when it is a path of this site, else the characters: a link must not send people elsewhere.</summary>
    public static string Local(string? url) =>
        url is ['/', ..] and not ['/', '/', ..] and not ['/', '\\', ..] && !url.Any(char.IsControl) ? url : Home;
}
