using System.Security.Cryptography;
using System.Text;
using ChatApp.Api.Conversations;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Prompting;

/// <summary>
/// Lays a prompt out for the engine's prefix cache: what never changes, then the summary, which seldom does, then the history,
/// which only grows, and what was recalled for this one turn last, with the newest message.
/// </summary>
internal static class PromptLayout
{
    private const string Gap = "\n\n";

    /// <summary>The messages that the parts make. The same parts make the same messages, now and when somebody looks at them later.</summary>
    public static IReadOnlyList<PromptMessage> Lay(PromptParts parts)
    {
        var messages = new List<PromptMessage>(parts.Fixed);
        if (parts.BlocksFirst && parts.Blocks.Length > 0 && messages is [var first, ..])
        {
            messages[0] = first with { Text = first.Text + Gap + parts.Blocks };
        }

        messages.AddRange(Alternate(Said(parts)));
        if (parts.Given.Length > 0)
        {
            messages.Add(new PromptMessage(ChatRole.Assistant, PromptPart.History, parts.Given));
        }

        return messages;
    }

    /// <summary>What tells two prompts apart: their messages, whatever they were made of.</summary>
    public static byte[] Hash(IEnumerable<PromptMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var message in messages)
        {
            // Lengths keep what stands at the end of one from passing for the beginning of the next.
            hash.AppendData(Encoding.UTF8.GetBytes($"{message.Role.Value}\n{message.Text.Length}\n{message.Text}\n"));
        }

        return hash.GetHashAndReset();
    }

    private static IEnumerable<PromptMessage> Said(PromptParts parts)
    {
        if (parts.Summary is { Length: > 0 } summary)
        {
            // In a message of the person, which joins the next: many chat templates know a system message only at the beginning.
            yield return new PromptMessage(ChatRole.User, PromptPart.Summary, summary);
        }

        for (var i = 0; i < parts.Said.Count; i++)
        {
            var (message, isNewest) = (parts.Said[i], i == parts.Said.Count - 1);
            if (isNewest && !parts.BlocksFirst && parts.Blocks.Length > 0)
            {
                yield return new PromptMessage(ChatRole.User, PromptPart.Question, parts.Blocks);
            }

            if (message.Text.Length > 0)
            {
                yield return new PromptMessage(
                    message.Role == MessageRole.User ? ChatRole.User : ChatRole.Assistant, isNewest ? PromptPart.Question : PromptPart.History, message.Text);
            }
        }
    }

    /// <summary>Joins messages of one side that follow each other, as after a failed answer: many chat templates refuse them apart.</summary>
    private static IEnumerable<PromptMessage> Alternate(IEnumerable<PromptMessage> said)
    {
        PromptMessage? pending = null;
        foreach (var message in said)
        {
            if (pending is not null && pending.Role != message.Role)
            {
                yield return pending;
                pending = null;
            }

            pending = pending is null ? message : pending with { Part = Joined(pending.Part, message.Part), Text = pending.Text + Gap + message.Text };
        }

        if (pending is not null)
        {
            yield return pending;
        }
    }

    // The question stays the question, whatever came before it.
    private static PromptPart Joined(PromptPart first, PromptPart second) => second == PromptPart.Question ? second : first;
}
