using System.Runtime.InteropServices;

namespace ChatApp.Api.Limits.Tokens;

/// <summary>What Redis says of a turn's quotas.</summary>
/// <param name="IsTaken">Whether the estimate was taken from all of them.</param>
/// <param name="IsUnknown">Whether Redis lacks a counter, so that nothing was done.</param>
/// <param name="Refusing">Which quota does not have as much; only when nothing is unknown and nothing was taken.</param>
/// <param name="Used">What was used of that one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct QuotaAnswer(bool IsTaken, bool IsUnknown, int Refusing, long Used)
{
    public static QuotaAnswer Taken { get; } = new(true, false, 0, 0);

    public static QuotaAnswer Unknown { get; } = new(false, true, 0, 0);
}
