using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Limits.Surface;

/// <summary>Bounds the length of each text in a list. How many there are is bounded by <see cref="MaxLengthAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
internal sealed class EachLengthAttribute(int most) : ValidationAttribute
{
    /// <summary>Characters that a text may have.</summary>
    public int Most { get; } = most;

    /// <inheritdoc/>
    public override bool IsValid(object? value) =>
        value is not IEnumerable<string?> texts || texts.All(text => text is not null && text.Length <= Most);
}
