using System.Net;

namespace ChatApp.ServiceDefaults.Http;

/// <summary>Whether what is sent to an address leaves the operator's own machines, as far as an address can tell.</summary>
public static class OutsideAddress
{
    private static readonly IPNetwork[] Private =
    [
        IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
    ];

    private static readonly string[] PrivateEndings = [".local", ".internal", ".lan", ".home.arpa"];

    /// <summary>False for this machine, private networks, and names that only a private network knows; true for every other.</summary>
    public static bool Is(Uri address)
    {
        if (address.IsLoopback)
        {
            return false;
        }

        if (IPAddress.TryParse(address.DnsSafeHost, out var ip))
        {
            return !Private.Any(network => network.BaseAddress.AddressFamily == ip.AddressFamily && network.Contains(ip));
        }

        var host = address.DnsSafeHost.TrimEnd('.');
        return host.Contains('.', StringComparison.Ordinal)
            && !PrivateEndings.Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
    }
}
