using System.Runtime.InteropServices;

namespace ChatApp.Api.Moderation.Policies;

/// <summary>What is done about one level of one category, and which policy says so.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PolicyRule(ModerationAction Action, string Scope, int Version);
