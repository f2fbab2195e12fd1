namespace ChatApp.Tests.Browser;

/// <summary>A decision about a text.</summary>
internal sealed record FakeDecision(
    Guid Id, DateTimeOffset At, string Source, string Category, string Level, string Action, string Excerpt, string User, string Status, string? Appeal)
{
    public object? Said => Appeal is null ? null : new { text = Appeal, at = At };
}
