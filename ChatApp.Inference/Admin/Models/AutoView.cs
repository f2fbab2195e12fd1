namespace ChatApp.Inference.Admin.Models;

/// <summary>What makes a model virtual.</summary>
internal sealed record AutoView(string Small, string Large, double Threshold = 0.5);
