using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.People;

/// <summary>Who is to be kept out, and for how long.</summary>
/// <param name="Reason">What they are told, 500 characters at most.</param>
/// <param name="Until">Until when; without it until somebody lets them in again.</param>
public sealed record BanRequest(
    [Required(ErrorMessage = "Say why: the person is told."), StringLength(500, ErrorMessage = "A reason has 500 characters at most.")] string Reason,
    DateTimeOffset? Until);
