namespace ChatApp.Inference.Admin;

/// <summary>A bounded list.</summary>
/// <param name="Items">What it holds.</param>
internal sealed record AdminList<T>(IReadOnlyList<T> Items);
