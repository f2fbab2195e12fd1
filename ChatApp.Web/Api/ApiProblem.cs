namespace ChatApp.Web.Api;

/// <summary>A problem as the Api tells it (RFC 9457).</summary>
/// <param name="Title">What kind of problem.</param>
/// <param name="Detail">A sentence for a person.</param>
/// <param name="Errors">Messages by field, for a validation problem.</param>
/// <param name="TraceId">Names the request in traces and logs.</param>
/// <param name="Code">Names the kind of problem where the site does something about it.</param>
internal sealed record ApiProblem(string? Title, string? Detail, Dictionary<string, string[]>? Errors = null, string? TraceId = null, string? Code = null)
{
    /// <summary>The Api did not answer.</summary>
    public static ApiProblem Unreachable { get; } = new("Not reachable", "The chat service does not answer just now. Try again in a moment.");

    /// <summary>The Api answered something else than its contract says.</summary>
    public static ApiProblem NotUnderstood { get; } = new("Unexpected answer", "Something went wrong on our side. Try again in a moment.");

    /// <summary>The session of the signed-in user has ended.</summary>
    public static ApiProblem SignedOut { get; } = new("Signed out", "You are signed out. Sign in again to go on.");

    /// <summary>One sentence to show to a person.</summary>
    public string Sentence => Detail ?? Errors?.Values.SelectMany(messages => messages).FirstOrDefault() ?? Title ?? NotUnderstood.Detail!;
}
