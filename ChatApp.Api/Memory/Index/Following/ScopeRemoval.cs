namespace ChatApp.Api.Memory.Index.Following;

/// <summary>A memory that an index outside has still to take away; a memory that is null stands for all of the scope.</summary>
internal sealed record ScopeRemoval(long Id, Guid? MemoryId, Guid? ConversationId, int? Position);
