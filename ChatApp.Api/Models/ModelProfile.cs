namespace ChatApp.Api.Models;

/// <summary>A model, and what it can take.</summary>
/// <param name="Name">The name that the gateway knows it by.</param>
/// <param name="HistoryTokens">Tokens of the conversation that it is shown, at most; null for what its context has room for.</param>
/// <param name="CharactersPerToken">Characters a token, for the estimate of what fits.</param>
/// <param name="MaxOutputTokens">Tokens of an answer, at most; null for no bound of its own.</param>
/// <param name="Temperature">A temperature that goes before the characters' own; null for none.</param>
/// <param name="Template">Which system prompt it gets.</param>
/// <param name="Prefills">Whether its engine goes on from a last message of the assistant, instead of beginning a new one.</param>
internal sealed record ModelProfile(
    string Name, int? HistoryTokens, double CharactersPerToken, int? MaxOutputTokens, float? Temperature, string Template, bool Prefills)
{
    public static ModelProfile None { get; } = new("", null, 1, null, null, "", false);

    /// <summary>Whether it is an outside provider's, which people can keep their memories from.</summary>
    public bool IsOutside { get; init; }

    /// <summary>Whether its summaries of long conversations are of use.</summary>
    public bool Summarizes { get; init; } = true;

    /// <summary>Tokens that it reads and writes together, at most; null where nobody said, and its engine may.</summary>
    public int? ContextTokens { get; init; }

    /// <summary>Where memories and snippets stand in its prompt.</summary>
    public PromptShape Shape { get; init; }

    /// <summary>For a model of usual size, of which nothing else is known.</summary>
    public static ModelProfile Usual(string name) => new(name, null, 3.5, null, null, "persona", false);

    /// <summary>For the small built-in model: what it was trained on, short, and without dice.</summary>
    public static ModelProfile BuiltIn(string name) => new(name, 400, 3, 256, 0, "persona-small", false)
    {
        ContextTokens = 1024,
        Shape = PromptShape.Small,
        Summarizes = false,
    };

    /// <summary>This profile with what the operator set.</summary>
    public ModelProfile With(ModelProfileOptions options) => this with
    {
        HistoryTokens = options.HistoryTokens ?? HistoryTokens,
        CharactersPerToken = options.CharactersPerToken ?? CharactersPerToken,
        MaxOutputTokens = options.MaxOutputTokens ?? MaxOutputTokens,
        Temperature = options.Temperature ?? Temperature,
        Template = options.Template ?? Template,
        Prefills = options.Prefills ?? Prefills,
        ContextTokens = options.ContextTokens ?? ContextTokens,
        Shape = options.Shape ?? Shape,
        IsOutside = options.Outside ?? IsOutside,
        Summarizes = options.Summarizes ?? Summarizes,
    };
}
