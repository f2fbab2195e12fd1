using System.Text;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Models;

/// <summary>Asks a model for a word or two.</summary>
internal static class ShortQuestion
{
    // An engine that does not keep to its tokens is not read for ever.
    private const int CharactersPerToken = 16;

    /// <summary>Asks without dice.</summary>
    /// <returns>The answer; of one that is too long the beginning.</returns>
    /// <exception cref="IOException">The answer broke off.</exception>
    public static async Task<string> AskAsync(IChatClient model, string question, int maxTokens, CancellationToken cancellationToken)
    {
        var options = new ChatOptions { MaxOutputTokens = maxTokens, Temperature = 0 };
        var answer = new StringBuilder();
        var ended = false;
        await foreach (var update in model.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)], options, cancellationToken))
        {
            answer.Append(update.Text);
            ended |= update.FinishReason is not null;
            if (answer.Length > maxTokens * CharactersPerToken)
            {
                return answer.ToString();
            }
        }

        return ended ? answer.ToString() : throw new IOException("The model's answer ended without a finish reason.");
    }
}
