namespace ChatApp.Api.Paging;

/// <summary>Part of a list.</summary>
/// <param name="Items">What this page holds, in the list's order.</param>
/// <param name="NextCursor">Ask again with it for the items after these; null when there are none.</param>
/// <typeparam name="T">What the list is of.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor);
