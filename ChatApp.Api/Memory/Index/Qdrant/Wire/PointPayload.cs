namespace ChatApp.Api.Memory.Index.Qdrant.Wire;

/// <summary>What is stored beside the vectors: ids, and no word that anybody wrote.</summary>
/// <param name="Tenant">The scope.</param>
/// <param name="Message">The message, for searches without those that the model reads anyway.</param>
/// <param name="Fence">The claim under which it was written.</param>
internal sealed record PointPayload(string Tenant, Guid? Message, long Fence);
