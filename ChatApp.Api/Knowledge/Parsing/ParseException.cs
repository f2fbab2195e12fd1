namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>A document that cannot be read.</summary>
/// <param name="code">The reason, by a name that stays.</param>
/// <param name="message">The reason and what to do, for whoever uploaded it.</param>
/// <param name="inner">What the library said, for the log.</param>
internal sealed class ParseException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
