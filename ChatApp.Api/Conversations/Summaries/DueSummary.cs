using ChatApp.Api.Background;

namespace ChatApp.Api.Conversations.Summaries;

/// <summary>A conversation that is to be summarised up to a message, its <see cref="Due.Wish"/>.</summary>
internal sealed record DueSummary : Due;
