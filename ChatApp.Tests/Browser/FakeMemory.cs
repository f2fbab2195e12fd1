namespace ChatApp.Tests.Browser;

/// <summary>A memory as the Api tells it.</summary>
internal sealed record FakeMemory(
    Guid Id, string Kind, string Speaker, string Text, DateTimeOffset SaidAt, bool Pinned, Guid? ConversationId, string[]? Reasons = null);
