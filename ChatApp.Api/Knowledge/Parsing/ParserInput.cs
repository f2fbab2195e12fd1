namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>A document to read.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Limits">How much it may hold.</param>
/// <param name="Progress">Is told how many pages of how many were read.</param>
internal sealed record ParserInput(byte[] Content, ParserLimits Limits, Action<int, int> Progress);
