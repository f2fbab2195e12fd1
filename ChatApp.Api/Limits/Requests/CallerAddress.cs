using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChatApp.Api.Limits.Requests;

/// <summary>An address as limits see it.</summary>
internal static class CallerAddress
{
    /// <summary>The networks that are not the internet: what forwards requests to this service stands in one of them.</summary>
    public static IReadOnlyList<System.Net.IPNetwork> Private { get; } =
    [
        System.Net.IPNetwork.Parse("10.0.0.0/8"),
        System.Net.IPNetwork.Parse("100.64.0.0/10"),
        System.Net.IPNetwork.Parse("172.16.0.0/12"),
        System.Net.IPNetwork.Parse("192.168.0.0/16"),
        System.Net.IPNetwork.Parse("fc00::/7"),
    ];

    /// <summary>Whether the address is this machine's or a private network's.</summary>
    public static bool IsPrivate(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address) || Private.Any(network => network.Contains(Plain(address)));

    /// <summary>The name under which an address is counted: an IPv6 host has 2^64 addresses of its own, so its network stands for it.</summary>
    public static string Subject(IPAddress? address)
    {
        if (address is null)
        {
            return "address:none";
        }

        var plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetworkV6
            ? "address:" + Convert.ToHexStringLower(plain.GetAddressBytes().AsSpan(0, 8))
            : string.Create(CultureInfo.InvariantCulture, $"address:{plain}");
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
