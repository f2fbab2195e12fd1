namespace ChatApp.Api.Moderation.Injection;

/// <summary>What in a text looks as if it were meant for the model instead of its reader.</summary>
/// <param name="Score">How much so, 0 to 1; suspicious from <see cref="InjectionScanner.Suspicious"/> on.</param>
/// <param name="Reasons">Why, in a word each: <c>override</c>, <c>leak</c>, <c>exfiltration</c>, <c>steering</c>, <c>commands</c>, <c>role marks</c>, <c>invisible text</c>, <c>encoded text</c>, <c>link with data</c>.</param>
internal sealed record InjectionFinding(double Score, IReadOnlyList<string> Reasons)
{
    public static InjectionFinding None { get; } = new(0, []);

    public bool IsSuspicious => Score >= InjectionScanner.Suspicious;
}
