namespace ChatApp.Inference.Admin.Models;

/// <summary>A model as admins see it.</summary>
internal sealed record ModelView(string Name, string Source, bool Cache, AutoView? Auto, IReadOnlyList<TargetView> Targets);
