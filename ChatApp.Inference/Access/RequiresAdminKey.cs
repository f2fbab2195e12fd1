namespace ChatApp.Inference.Access;

/// <summary>Marks endpoints that the administrators' key opens, and no other.</summary>
internal sealed class RequiresAdminKey;
