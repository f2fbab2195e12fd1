namespace ChatApp.AppHost;

/// <summary>What memories are searched with, for each process of the Api to refer to.</summary>
/// <param name="Refer">Gives a process its connection strings.</param>
internal sealed record MemoryIndex(Action<IResourceBuilder<ProjectResource>> Refer);
