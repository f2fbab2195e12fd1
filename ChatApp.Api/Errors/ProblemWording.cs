using System.Text.Json;
using Microsoft.AspNetCore.Mvc;

namespace ChatApp.Api.Errors;

/// <summary>Puts into every problem what its reader needs: a sentence where the framework gives none, and fields by their names on the wire.</summary>
internal static class ProblemWording
{
    public static void Apply(ProblemDetails problem)
    {
        problem.Detail ??= problem.Status switch
        {
            StatusCodes.Status401Unauthorized => "Sign in, and send the access token as 'Authorization: Bearer'.",
            StatusCodes.Status403Forbidden => "This account may not do that.",
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status413PayloadTooLarge => "The request is larger than what this address takes: 256 KB in most places, 32 KB for an account, and more for documents.",
            StatusCodes.Status415UnsupportedMediaType => "Send JSON, with 'Content-Type: application/json'.",
            StatusCodes.Status500InternalServerError => "Something went wrong on our side. The trace id helps to find it.",
            _ => null,
        };
        if (problem is HttpValidationProblemDetails invalid)
        {
            invalid.Errors = invalid.Errors.ToDictionary(
                static e => JsonNamingPolicy.CamelCase.ConvertName(e.Key), static e => e.Value, StringComparer.Ordinal);
        }
    }
}
