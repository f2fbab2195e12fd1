namespace ChatApp.Api.Memory;

/// <summary>All that a character knows of a person.</summary>
/// <param name="Format">1; a higher number says that the shape has changed.</param>
/// <param name="ExportedAt">When this was written.</param>
/// <param name="CharacterId">The character.</param>
/// <param name="Remembers">Whether anything is kept and recalled.</param>
/// <param name="StaysInside">Whether memories are kept from outside providers.</param>
/// <param name="Memories">The memories; what was said last comes first.</param>
public sealed record MemoryExportFile(
    int Format, DateTimeOffset ExportedAt, Guid CharacterId, bool Remembers, bool StaysInside, IReadOnlyList<StoredMemory> Memories);
