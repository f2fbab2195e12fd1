using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Gateway.Contracts;

/// <summary>What to pull.</summary>
/// <param name="Model">The model's name in the engine's library, such as llama3.2:3b.</param>
public sealed record PullRequest(
    [Required(ErrorMessage = "Name the model, such as llama3.2:3b."), StringLength(200, ErrorMessage = "A model's name has 200 characters at most.")] string Model);
