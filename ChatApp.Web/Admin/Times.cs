using System.Globalization;

namespace ChatApp.Web.Admin;

/// <summary>Times as the server says them.</summary>
internal static class Times
{
    /// <summary>A time to the minute, in UTC.</summary>
    public static string Minute(DateTimeOffset at) => at.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>A time to the second, in UTC, as logs write it.</summary>
    public static string Second(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A time for a machine, as <c>local-time</c> and <c>time</c> take it.</summary>
    public static string Machine(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);
}
