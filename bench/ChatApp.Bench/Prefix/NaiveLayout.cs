using ChatApp.Api.Prompting;
using Microsoft.Extensions.AI;

namespace ChatApp.Bench.Prefix;

/// <summary>
/// How prompts are often laid out: what was recalled on top, below the character, and as many of the newest messages as fit, one going
/// for each that comes. It gets the same parts and the same room.
/// </summary>
internal static class NaiveLayout
{
    public static async Task<(List<PromptMessage> Messages, int FirstShown)> LayAsync(
        PromptPlan plan, string blocks, PrefixTokens tokens, int messageTokens, CancellationToken cancellationToken)
    {
        var path = plan.Source.Path;
        var counts = await tokens.CountAsync(plan.Model.Name, [.. path.Select(static m => m.Text)], cancellationToken) ?? [];
        var (start, used) = (path.Count - 1, counts[^1] + messageTokens);
        while (start > 0 && used + counts[start - 1] + messageTokens <= plan.Budget.History)
        {
            start--;
            used += counts[start] + messageTokens;
        }

        var messages = PromptLayout.Lay(new PromptParts { Fixed = plan.Fixed, Said = [.. path.Skip(start)], Blocks = blocks, BlocksFirst = true }).ToList();
        // Templates want the person to speak first.
        messages.RemoveAll(m => m.Role == ChatRole.Assistant && messages.IndexOf(m) == plan.Fixed.Count);
        return (messages, path[start].Depth);
    }
}
