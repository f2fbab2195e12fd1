namespace ChatApp.Inference.Admin.Models;

/// <summary>What an admin makes of a model.</summary>
internal sealed record ModelChange(bool Cache = false, AutoView? Auto = null, IReadOnlyList<TargetView>? Targets = null);
