namespace ChatApp.Api.Memory.Index.Following;

/// <summary>A memory that has no embedding by the model of now.</summary>
internal sealed record UnembeddedMemory(Guid Id, string Text);
