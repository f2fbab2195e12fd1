using ChatApp.Api.Background;
using ChatApp.Api.Models;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel;
using Npgsql;

namespace ChatApp.Api.Memory.Facts;

/// <summary>Has a model draw facts from what people said, a turn at a time.</summary>
internal sealed class FactDrawing(
    NpgsqlDataSource database,
    FactStore facts,
    BackgroundModel model,
    BackgroundTemplates templates,
    ModelCatalog models,
    IOptions<FactOptions> options,
    DatabaseReadiness readiness,
    TimeProvider time,
    ILogger<FactDrawing> logger)
    : DueWork<DueFacts>(database, readiness, time, logger)
{
    private const int MaxMessageCharacters = 4000;

    protected override string Claim => FactStore.Claim;

    protected override string Drop => FactStore.Drop;

    protected override string Again => FactStore.Again;

    protected override async Task<DueOutcome> DoAsync(DueFacts due, CancellationToken cancellationToken)
    {
        var source = await facts.FindAsync(due.Id, cancellationToken);
        var drawer = models.Find(options.Value.Model ?? source?.Model);
        if (source is null || (source.StaysInside && drawer.IsOutside))
        {
            return DueOutcome.Done;
        }

        var origin = CallOrigin.Facts with { StaysInside = source.StaysInside };
        if (!await model.IsFreeAsync(origin, due.Waited, cancellationToken))
        {
            return DueOutcome.Later;
        }

        var question = await templates.RenderAsync("facts", Values(source), cancellationToken);
        var answer = await model.AskAsync(origin, drawer, question, options.Value.MaxTokens, due.Waited, cancellationToken);
        if (answer is null)
        {
            return DueOutcome.Later;
        }

        if (FactLines.Read(answer, options.Value.MaxFacts) is { Count: > 0 } found)
        {
            await facts.AddAsync(source, found, cancellationToken);
        }

        return DueOutcome.Done;
    }

    private KernelArguments Values(FactSource source) => new()
    {
        ["maxFacts"] = options.Value.MaxFacts,
        ["messages"] = BackgroundTemplates.Line("User", source.Question, MaxMessageCharacters)
            + "\n" + BackgroundTemplates.Line(source.CharacterName, source.Answer, MaxMessageCharacters),
    };
}
