namespace Aspire.Hosting.ApplicationModel;

/// <summary>A value given from outside.</summary>
public class ParameterResource(string name, Func<ParameterDefault?, string> callback, bool secret = false) : Resource(name), IExpressionValue
{
    private readonly Lock _gate = new();
    private string? _value;

    public bool Secret { get; } = secret;

    public ParameterDefault? Default { get; set; }

    public string? Description { get; set; }

    public bool EnableDescriptionMarkdown { get; set; }

    public bool IsConnectionString { get; set; }

    public string ValueExpression => $"{{{Name}.value}}";

    /// <summary>The configuration key that the value is read from; errors name it.</summary>
    internal string ConfigurationKey
    {
        get => field ?? (IsConnectionString ? $"ConnectionStrings:{Name}" : $"Parameters:{Name}");
        set;
    }

    [Obsolete("Use GetValueAsync for async access or pass the ParameterResource directly to methods that accept it (e.g., environment variables).")]
    public string Value => Resolve();

    public ValueTask<string?> GetValueAsync(CancellationToken cancellationToken) => new(Resolve());

    public ValueTask<string?> GetValueAsync(ValueProviderContext context, CancellationToken cancellationToken) => new(Resolve());

    private string Resolve()
    {
        lock (_gate)
        {
            // A generated value must stay the same for everybody who asks.
            return _value ??= callback(Default);
        }
    }
}

/// <summary>Where a parameter's value comes from when nobody gave one.</summary>
public abstract class ParameterDefault
{
    public abstract string GetDefaultValue();
}
