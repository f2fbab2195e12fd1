namespace ChatApp.Api.Knowledge.Documents;

/// <summary>Why a document could not be read.</summary>
/// <param name="Code">The reason, by a name that stays: one of <c>encrypted</c>, <c>damaged</c>, <c>wrong_type</c>, <c>no_text</c>, <c>too_many_pages</c>, <c>too_many_chunks</c>, <c>too_complex</c>, <c>too_slow</c>, <c>given_up</c>.</param>
/// <param name="Detail">The reason and what to do, in a sentence or two.</param>
public sealed record DocumentError(string Code, string Detail);
