namespace ChatApp.Api.Conversations;

/// <summary>Which answers can be continued.</summary>
internal static class Continuation
{
    /// <summary>Whether answer <c>m</c> of turn <c>t</c> is the beginning of a longer one: stopped, broken off, or as long as allowed.</summary>
    public const string IsCutOff = """
        (m.text <> '' AND (m.status IN ('stopped', 'failed') OR (m.status = 'complete' AND t.finish_reason IS NOT DISTINCT FROM 'length')))
        """;
}
