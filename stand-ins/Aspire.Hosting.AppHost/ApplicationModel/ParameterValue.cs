using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Looks a parameter up: configuration first, then its default.</summary>
internal static class ParameterValue
{
    public static string Find(IConfiguration configuration, string key, ParameterDefault? fallback) =>
        configuration[key]
        ?? configuration[WithUnderscores(key)]
        ?? fallback?.GetDefaultValue()
        ?? throw new MissingParameterValueException(
            $"Parameter resource could not be used because configuration key '{key}' is missing and the Parameter has no default value.");

    /// <summary>Environment variables cannot have hyphens in most shells, so <c>my-key</c> may be written <c>my_key</c>.</summary>
    private static string WithUnderscores(string key)
    {
        var colon = key.LastIndexOf(':') + 1;
        return string.Concat(key.AsSpan(0, colon), key[colon..].Replace('-', '_'));
    }
}

/// <summary>A fixed default, which is also written to the manifest.</summary>
internal sealed class ConstantParameterDefault(Func<string> value) : ParameterDefault
{
    public override string GetDefaultValue() => value();
}

internal sealed class ConnectionStringParameterResource(string name, Func<ParameterDefault?, string> callback, string? environmentVariableName)
    : ParameterResource(name, callback, secret: true), IResourceWithConnectionString
{
    public ReferenceExpression ConnectionStringExpression => ReferenceExpression.Create($"{this}");

    public string? ConnectionStringEnvironmentVariable { get; } = environmentVariableName;

    string IManifestExpressionProvider.ValueExpression => $"{{{Name}.connectionString}}";
}
