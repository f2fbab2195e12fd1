using System.Text.Json;
using ChatApp.Api.Moderation.Injection;

namespace ChatApp.Api.Prompting.Kept;

/// <summary>What is kept of a turn's prompt. All of it is null once that is too long ago.</summary>
internal sealed record KeptPrompt
{
    public Guid TurnId { get; init; }

    public int? InputTokens { get; init; }

    public string? Model { get; init; }

    public string? FixedPart { get; init; }

    public string? Summary { get; init; }

    public bool HasSummary { get; init; }

    public string? Blocks { get; init; }

    public bool? BlocksFirst { get; init; }

    /// <summary>The whole answer, of which the model may have been given the beginning.</summary>
    public string Answer { get; init; } = "";

    public int? GivenLength { get; init; }

    public float? Temperature { get; init; }

    public float? TopP { get; init; }

    public int? MaxOutputTokens { get; init; }

    public int? Tokens { get; init; }

    public byte[]? Hash { get; init; }

    /// <summary>The prompt, together with what was said; null when it is no longer kept.</summary>
    public TurnPrompt? ToPrompt(IReadOnlyList<HistoryMessage> said)
    {
        if (Hash is null || FixedPart is null || said is [] || (HasSummary && Summary is null))
        {
            return null;
        }

        var messages = PromptLayout.Lay(new PromptParts
        {
            Fixed = [.. (JsonSerializer.Deserialize(FixedPart, KeptMessageJson.Default.ListKeptMessage) ?? []).Select(static m => m.ToMessage())],
            Summary = Summary,
            Said = said,
            Blocks = Blocks ?? "",
            BlocksFirst = BlocksFirst ?? false,
            Given = Answer[..Math.Min(GivenLength ?? 0, Answer.Length)],
        });
        return new TurnPrompt(
            Model ?? "",
            [.. messages.Select(static m => new TurnPromptMessage(m.Role.Value, m.Part, m.Part == PromptPart.Persona ? Canary.Mask(m.Text) : m.Text))],
            InputTokens ?? Tokens ?? 0,
            InputTokens is not null,
            new TurnPromptOptions(Temperature, TopP, MaxOutputTokens),
            PromptLayout.Hash(messages).AsSpan().SequenceEqual(Hash));
    }
}
