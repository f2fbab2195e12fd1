namespace ChatApp.Tests.Browser;

/// <summary>A document as the Api tells it.</summary>
internal sealed record FakeDocument(
    Guid Id, string Name, long Bytes, string Status, FakeDocument.Part Progress, int? Pages = null, FakeDocument.Reason? Error = null)
{
    /// <summary>How much of it is read.</summary>
    internal sealed record Part(int Done, int Total);

    /// <summary>Why it could not be read.</summary>
    internal sealed record Reason(string Code, string Detail);
}
