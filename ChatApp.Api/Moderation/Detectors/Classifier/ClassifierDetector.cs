using System.ClientModel;
using ChatApp.Api.Models;
using ChatApp.Api.Prompting;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Moderation.Detectors.Classifier;

/// <summary>
/// Asks a model of the gateway what a text is about. It understands more than rules, is slower, and can be mistaken: what is not one of the
/// answers that it was asked for is no answer.
/// </summary>
internal sealed class ClassifierDetector(ModelClients models, IOptions<ClassifierOptions> options, TimeProvider time) : IContentDetector
{
    public const string DetectorName = "classifier";

    private const string Template = "classifier";
    private const int MaxTokens = 24;
    private const int MaxAnswer = 200;
    private const int MaxParts = 4;

    private static readonly CallOrigin Origin = new("moderation");

    private readonly PromptTemplates _templates = new(Path.Combine(AppContext.BaseDirectory, "Moderation", "Detectors", "Templates"));

    public string Name => DetectorName;

    public bool IsImmediate => false;

    public async ValueTask<IReadOnlyList<Detection>> DetectAsync(ModeratedText text, CancellationToken cancellationToken)
    {
        if (options.Value.Model is not { Length: > 0 } model)
        {
            throw new ModerationUnavailableException("No model is configured: set 'Moderation:Classifier:Model'.");
        }

        using var deadline = new CancellationTokenSource(options.Value.Deadline, time);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        // The gateway sends it to no provider outside where it may hold what stays inside.
        using var origin = (Origin with { Patience = options.Value.Deadline, StaysInside = text.StaysInside || text.Source == ModerationSource.Memory }).Begin();
        try
        {
            var found = new List<Detection>();
            foreach (var (start, length) in Parts(text.Text, options.Value.MaxCharacters))
            {
                found.AddRange(await AskAsync(model, text, start, length, stopping.Token));
            }

            return found;
        }
        catch (OperationCanceledException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ModerationUnavailableException("The classifier took too long.", exception);
        }
        catch (Exception exception) when (exception is ClientResultException or HttpRequestException or IOException or TimeoutException or System.Text.Json.JsonException)
        {
            throw new ModerationUnavailableException("The classifier's model does not answer.", exception);
        }
    }

    /// <summary>The whole text; of one that is too long the first parts and the last.</summary>
    private static IEnumerable<(int Start, int Length)> Parts(string text, int most)
    {
        var count = Math.Max(1, (text.Length + most - 1) / most);
        for (var i = 0; i < count; i++)
        {
            if (count <= MaxParts || i < MaxParts / 2 || i >= count - (MaxParts / 2))
            {
                yield return (i * most, Math.Min(most, text.Length - (i * most)));
            }
        }
    }

    private static string Source(ModerationSource source) => source switch
    {
        ModerationSource.Answer => "the answer of an assistant that plays a character",
        ModerationSource.Name => "a name or a title",
        ModerationSource.Memory => "a note of a person",
        ModerationSource.Document => "a part of a document",
        _ => "a message of a person",
    };

    private async Task<IEnumerable<Detection>> AskAsync(string model, ModeratedText text, int start, int length, CancellationToken cancellationToken)
    {
        var boundary = UntrustedText.Boundary(Guid.NewGuid());
        var values = new Dictionary<string, object?>
        {
            ["boundary"] = boundary,
            ["source"] = Source(text.Source),
            ["text"] = UntrustedText.Clean(text.Text.Substring(start, length), boundary),
        };
        var question = await _templates.RenderAsync(Template, values, cancellationToken);
        var answer = await ShortQuestion.AskAsync(models.For(model), question, MaxTokens, cancellationToken);
        var verdict = answer.Length > MaxAnswer ? null : ClassifierVerdict.Read(answer);
        return verdict is null
            ? throw new ModerationUnavailableException("The classifier's model gave an answer that is none.")
            : verdict.Select(v => new Detection(v.Category, ModerationLevel.High, start, length, DetectorName, v.Code));
    }
}
