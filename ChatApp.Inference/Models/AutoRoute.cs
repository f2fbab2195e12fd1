namespace ChatApp.Inference.Models;

/// <summary>How a virtual model chooses between two by how hard a question is.</summary>
/// <param name="Small">The model for what is easy.</param>
/// <param name="Large">The model for what is not.</param>
/// <param name="Threshold">The complexity, 0 to 1, from which the large one is asked.</param>
internal sealed record AutoRoute(string Small, string Large, double Threshold);
