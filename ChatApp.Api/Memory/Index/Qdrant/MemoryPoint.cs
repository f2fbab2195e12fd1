using ChatApp.Api.Memory.Index.Qdrant.Wire;

namespace ChatApp.Api.Memory.Index.Qdrant;

/// <summary>A memory as it is searched for.</summary>
/// <param name="Id">The memory.</param>
/// <param name="MessageId">The message that it is; null for others.</param>
/// <param name="Text">Its terms.</param>
/// <param name="Window">Its terms and its neighbours'.</param>
/// <param name="Dense">Its embedding; null until there is one.</param>
internal sealed record MemoryPoint(Guid Id, Guid? MessageId, SparseVector Text, SparseVector Window, float[]? Dense);
