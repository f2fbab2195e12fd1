using System.Runtime.InteropServices;

namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>A place where a rule holds.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Level">Its level, as its surroundings leave it.</param>
/// <param name="Word">The number of the first word.</param>
/// <param name="Start">Where it begins, in the text as it was given.</param>
/// <param name="End">Where it ends.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RuleHit(Rule Rule, ModerationLevel Level, int Word, int Start, int End);
