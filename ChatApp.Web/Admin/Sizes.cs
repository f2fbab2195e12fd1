using System.Globalization;

namespace ChatApp.Web.Admin;

/// <summary>Numbers as people read them.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["B", "KB", "MB", "GB", "TB"];

    /// <summary>Bytes, as disks are counted: <c>2.0 GB</c>.</summary>
    public static string Bytes(long bytes)
    {
        var (size, unit) = ((double)bytes, 0);
        while (size >= 1000 && unit < Units.Length - 1)
        {
            (size, unit) = (size / 1000, unit + 1);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{size.ToString(unit < 2 ? "0" : "0.0", CultureInfo.InvariantCulture)} {Units[unit]}");
    }

    /// <summary>A count: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>An amount of money, which may be very small.</summary>
    public static string Money(decimal amount, string? currency) =>
        string.Create(CultureInfo.InvariantCulture, $"{amount.ToString(amount is 0 or >= 1 ? "0.00" : "0.00####", CultureInfo.InvariantCulture)} {currency ?? "USD"}");
}
