namespace ChatApp.Web.Api;

/// <summary>A page of a list; <paramref name="NextCursor"/> asks for the one after it and is null on the last.</summary>
internal sealed record Page<T>(List<T> Items, string? NextCursor);

/// <summary>A page of messages, oldest first; <paramref name="PreviousCursor"/> asks for those before it and is null on the first.</summary>
internal sealed record MessagePage(List<Message> Items, string? PreviousCursor);
