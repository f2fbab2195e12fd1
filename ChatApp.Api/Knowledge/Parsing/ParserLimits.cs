namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>How much a document may hold.</summary>
internal sealed record ParserLimits(int MaxPages, int MaxChunks);
