using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChatApp.ServiceDefaults.Http;

namespace ChatApp.Api.Limits.Requests;

/// <summary>An address as limits see it.</summary>
internal static class CallerAddress
{
    /// <summary>Whether the address is this machine's or a private network's.</summary>
    public static bool IsPrivate(IPAddress? address) =>
        address is null || IPAddress.IsLoopback(address) || ProxyHeaders.PrivateNetworks.Any(network => network.Contains(Plain(address)));

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
