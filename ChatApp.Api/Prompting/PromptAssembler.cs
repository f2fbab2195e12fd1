using System.Text.Json;
using ChatApp.Api.Conversations;
using ChatApp.Api.Models;
using ChatApp.Api.Turns;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Prompting;

/// <summary>
/// Lays a prompt out for the engine's prefix cache: what never changes first (persona, examples), then the history, which
/// only grows, then the newest message.
/// </summary>
internal sealed class PromptAssembler(PromptTemplates templates, ModelCatalog models, IOptions<TurnOptions> limits)
{
    public async Task<Prompt> AssembleAsync(PromptSource source, CancellationToken cancellationToken)
    {
        var persona = source.Persona;
        var model = models.Find(persona.Model);
        var messages = new List<ChatMessage>
        {
            new(ChatRole.System, await templates.RenderAsync(model.Template, persona, cancellationToken)),
        };
        foreach (var example in JsonSerializer.Deserialize(persona.Examples, PromptExampleJson.Default.ListPromptExample) ?? [])
        {
            messages.Add(new ChatMessage(ChatRole.User, example.User));
            messages.Add(new ChatMessage(ChatRole.Assistant, example.Assistant));
        }

        var history = HistoryWindow.Trim(source.Path, model.HistoryTokens, model.CharactersPerToken);
        messages.AddRange(Alternate(history.Where(static m => m.Text.Length > 0)));
        return new Prompt(model, messages, new ChatOptions
        {
            MaxOutputTokens = Min(limits.Value.MaxOutputTokens, model.MaxOutputTokens, persona.MaxOutputTokens),
            Temperature = model.Temperature ?? persona.Temperature,
            TopP = persona.TopP,
        });
    }

    /// <summary>Joins messages of one side that follow each other, as after a failed answer: many chat templates refuse them apart.</summary>
    private static IEnumerable<ChatMessage> Alternate(IEnumerable<HistoryMessage> history)
    {
        HistoryMessage? pending = null;
        foreach (var message in history)
        {
            if (pending is not null && pending.Role != message.Role)
            {
                yield return ToChatMessage(pending);
                pending = null;
            }

            pending = pending is null ? message : pending with { Text = pending.Text + "\n\n" + message.Text };
        }

        if (pending is not null)
        {
            yield return ToChatMessage(pending);
        }
    }

    private static ChatMessage ToChatMessage(HistoryMessage message) =>
        new(message.Role == MessageRole.User ? ChatRole.User : ChatRole.Assistant, message.Text);

    private static int Min(int limit, params ReadOnlySpan<int?> others)
    {
        foreach (var other in others)
        {
            limit = Math.Min(limit, other ?? limit);
        }

        return limit;
    }
}
