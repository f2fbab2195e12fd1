namespace ChatApp.Api.Gateway.Contracts;

/// <summary>A list that is short enough to be given whole.</summary>
/// <param name="Items">What is in it.</param>
public sealed record ItemList<T>(IReadOnlyList<T> Items);
