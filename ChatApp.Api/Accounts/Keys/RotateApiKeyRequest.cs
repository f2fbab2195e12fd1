using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Accounts.Keys;

/// <summary>Asks for another key in place of one.</summary>
/// <param name="OverlapMinutes">How long the old one is still good, a week at most; 0 for no longer.</param>
public sealed record RotateApiKeyRequest(
    [Range(0, 10_080, ErrorMessage = "The old key can stay good for 0 to 10,080 minutes, which is a week.")] int OverlapMinutes);
