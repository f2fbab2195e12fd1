using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Microsoft.Extensions.ServiceDiscovery;

/// <summary>Reads the addresses of services from the section <c>Services</c> and follows its changes.</summary>
internal sealed class ServiceAddresses : IDisposable
{
    private readonly IConfiguration _configuration;
    private readonly ServiceDiscoveryOptions _options;

    // Holds configured services only, so that it cannot grow with the hosts that are asked for.
    private readonly ConcurrentDictionary<string, Rotation> _known = new(StringComparer.OrdinalIgnoreCase);
    private readonly IDisposable _reload;

    public ServiceAddresses(IConfiguration configuration, IOptions<ServiceDiscoveryOptions> options)
    {
        _configuration = configuration;
        _options = options.Value;
        _reload = ChangeToken.OnChange(configuration.GetReloadToken, _known.Clear);
    }

    public IChangeToken Changes => _configuration.GetReloadToken();

    /// <summary>The address to send to, the services' addresses taking turns; an unknown name is left to DNS.</summary>
    public Uri Resolve(Uri address)
    {
        var authority = address.GetLeftPart(UriPartial.Authority);
        if (!_known.TryGetValue(authority, out var rotation))
        {
            var addresses = Find(address);
            if (addresses.Count == 0)
            {
                return WithScheme(address);
            }

            rotation = _known.GetOrAdd(authority, new Rotation(addresses));
        }

        return rotation.Next(address);
    }

    /// <summary>Every address of the service, or the given one where none is configured.</summary>
    public IReadOnlyList<Uri> ResolveAll(Uri address)
    {
        var found = Find(address);
        return found.Count == 0 ? [WithScheme(address)] : [.. found.Select(target => Rotation.Combine(address, target))];
    }

    public void Dispose() => _reload.Dispose();

    private List<Uri> Find(Uri address)
    {
        var query = ServiceQuery.From(address);
        var schemes = query.Allowed(_options);
        var service = _configuration.GetSection("Services").GetSection(query.Service);
        string[] names = query.Endpoint is { } endpoint ? [endpoint] : ["default", .. schemes];
        var section = names.Select(service.GetSection).FirstOrDefault(candidate => candidate.Exists());
        if (section is null)
        {
            return [];
        }

        var values = section.Value is { Length: > 0 } single ? [single] : section.GetChildren().Select(child => child.Value ?? string.Empty);
        List<Uri> targets = [.. values.Select(value => Parse(value, schemes, section.Path))];
        if (schemes.Length == 0)
        {
            return targets;
        }

        // Of several schemes the one asked for first wins.
        var preferred = schemes.FirstOrDefault(scheme => targets.Exists(target => target.Scheme == scheme));
        return targets.FindAll(target => target.Scheme == preferred);
    }

    private static Uri Parse(string value, string[] schemes, string path)
    {
        var text = value.Contains("://", StringComparison.Ordinal) ? value : $"{schemes.FirstOrDefault("http")}://{value}";
        return Uri.TryCreate(text, UriKind.Absolute, out var parsed)
            ? parsed
            : throw new KeyNotFoundException($"The address '{value}' under '{path}' is not valid.");
    }

    private Uri WithScheme(Uri address)
    {
        if (!address.Scheme.Contains('+', StringComparison.Ordinal))
        {
            return address;
        }

        var scheme = ServiceQuery.From(address).Allowed(_options).FirstOrDefault()
            ?? throw new InvalidOperationException($"None of the schemes of '{address}' is allowed.");
        return new UriBuilder(address) { Scheme = scheme, Port = address.Port }.Uri;
    }

    private sealed class Rotation(List<Uri> targets)
    {
        private uint _next = uint.MaxValue;

        public Uri Next(Uri address) => Combine(address, targets[(int)(Interlocked.Increment(ref _next) % (uint)targets.Count)]);

        public static Uri Combine(Uri address, Uri target)
        {
            var combined = new UriBuilder(address) { Scheme = target.Scheme, Host = target.Host, Port = target.Port };
            if (target.AbsolutePath.Length > 1)
            {
                combined.Path = $"{target.AbsolutePath.TrimEnd('/')}/{address.AbsolutePath.TrimStart('/')}";
            }

            return combined.Uri;
        }
    }
}
