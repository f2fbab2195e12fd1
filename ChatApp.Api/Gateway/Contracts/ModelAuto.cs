using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Gateway.Contracts;

/// <summary>How a virtual model chooses between two.</summary>
/// <param name="Small">The model for easy questions.</param>
/// <param name="Large">The model for hard ones.</param>
/// <param name="Threshold">The complexity, 0 to 1, from which the large one is asked.</param>
public sealed record ModelAuto(
    [Required(ErrorMessage = "Name the model for easy questions."), StringLength(256)] string Small,
    [Required(ErrorMessage = "Name the model for hard questions."), StringLength(256)] string Large,
    [Range(0.0, 1.0, ErrorMessage = "The threshold is between 0 and 1.")] double Threshold);
