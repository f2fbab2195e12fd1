using System.Runtime.InteropServices;

namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>One part of a rule.</summary>
/// <param name="Symbol">What it is.</param>
/// <param name="Gap">Words that may stand between the part before and this one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RulePart(int Symbol, int Gap);
