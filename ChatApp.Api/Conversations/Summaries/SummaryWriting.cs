using System.Text;
using ChatApp.Api.Background;
using ChatApp.Api.Models;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using Npgsql;

namespace ChatApp.Api.Conversations.Summaries;

/// <summary>Writes the summaries that prompts have asked for, a bounded part of a conversation at a time.</summary>
internal sealed class SummaryWriting(
    NpgsqlDataSource database,
    SummaryStore summaries,
    BackgroundModel model,
    BackgroundTemplates templates,
    ModelCatalog models,
    IOptions<SummaryOptions> options,
    DatabaseReadiness readiness,
    TimeProvider time,
    ILogger<SummaryWriting> logger)
    : DueWork<DueSummary>(database, readiness, time, logger)
{
    private const int MaxMessageCharacters = 2000;
    private const double WordsPerToken = 0.6;

    protected override string Claim => SummaryStore.Claim;

    protected override string Drop => SummaryStore.Drop;

    protected override string Again => SummaryStore.Again;

    protected override async Task<DueOutcome> DoAsync(DueSummary due, CancellationToken cancellationToken)
    {
        var source = await summaries.LoadAsync(due.Id, due.Wish, cancellationToken);
        var writer = models.Find(options.Value.Model ?? source?.Model);
        if (source is null or { Messages: [] } || !writer.Summarizes || (source.StaysInside && writer.IsOutside))
        {
            return DueOutcome.Done;
        }

        var origin = CallOrigin.Summaries with { StaysInside = source.StaysInside };
        if (!await model.IsFreeAsync(origin, due.Waited, cancellationToken))
        {
            return DueOutcome.Later;
        }

        var (lines, count) = Lines(source);
        var question = await templates.RenderAsync("summary", Values(source.Previous, lines), cancellationToken);
        var text = (await model.AskAsync(origin, writer, question, options.Value.MaxTokens, due.Waited, cancellationToken))?.Trim();
        if (text is null)
        {
            return DueOutcome.Later;
        }

        if (text.Length == 0)
        {
            throw new FormatException("The model wrote no summary.");
        }

        var through = source.Messages[count - 1];
        await summaries.AddAsync(due.Id, through, Bounded(text), writer.Name, cancellationToken);
        return through.Id == due.Wish ? DueOutcome.Done : DueOutcome.More;
    }

    /// <summary>As many of the messages as one call reads, at least one.</summary>
    private (string Lines, int Count) Lines(SummarySource source)
    {
        var lines = new StringBuilder();
        var count = 0;
        foreach (var message in source.Messages)
        {
            var speaker = message.Role == MessageRole.User ? "User" : source.CharacterName;
            var line = BackgroundTemplates.Line(speaker, message.Text, MaxMessageCharacters);
            if (count > 0 && lines.Length + line.Length > options.Value.MaxInputCharacters)
            {
                break;
            }

            lines.Append(line).Append('\n');
            count++;
        }

        return (lines.ToString(), count);
    }

    private KernelArguments Values(string? previous, string lines) => new()
    {
        ["summary"] = previous ?? "(none yet)",
        ["messages"] = lines,
        ["maxWords"] = (int)(options.Value.MaxTokens * WordsPerToken),
    };

    // A model that does not keep to its tokens must not fill the prompts that its summary is for.
    private string Bounded(string text)
    {
        var max = options.Value.MaxTokens * 6;
        return text.Length <= max ? text : text[..(char.IsHighSurrogate(text[max - 1]) ? max - 1 : max)];
    }
}
