namespace Azure.Provisioning;

/// <summary>A value of a template; plain values convert to it.</summary>
public class BicepValue<T>(T value)
{
    public T? Value { get; } = value;

    public static implicit operator BicepValue<T>(T value) => new(value);
}
