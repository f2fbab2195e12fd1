using ChatApp.Api.Background;

namespace ChatApp.Api.Memory.Facts;

/// <summary>A turn that facts are to be drawn from.</summary>
internal sealed record DueFacts : Due;
