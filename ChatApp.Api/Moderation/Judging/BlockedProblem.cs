using Microsoft.AspNetCore.Http.HttpResults;

namespace ChatApp.Api.Moderation.Judging;

/// <summary>What somebody gets whose text is not taken: 422, with the code <c>blocked</c>, the category, and the item to appeal.</summary>
internal static class BlockedProblem
{
    public const string Code = "blocked";

    public static ProblemHttpResult Of(string notice, ModerationCategory? category, Guid itemId) => TypedResults.Problem(
        statusCode: StatusCodes.Status422UnprocessableEntity,
        detail: notice,
        extensions: new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["code"] = Code,
            ["category"] = category is { } known ? ModerationNames.Of(known) : null,
            ["itemId"] = itemId.ToString(),
        });
}
