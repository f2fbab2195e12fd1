using ChatApp.Inference.Models;
using ChatApp.Inference.Models.Configuration;

namespace ChatApp.Inference.Admin.Models;

/// <summary>Models as admins see and write them.</summary>
internal static class ModelViews
{
    private static readonly ModelCapabilities[] Single =
        [ModelCapabilities.Chat, ModelCapabilities.Completion, ModelCapabilities.Embedding, ModelCapabilities.Tools, ModelCapabilities.Images];

    public static ModelView Of(ModelRoute model) => new(
        model.Name,
        model.IsStored ? "stored" : "configuration",
        model.IsCached,
        model.Auto is { } auto ? new AutoView(auto.Small, auto.Large, auto.Threshold) : null,
        [.. model.Targets.Select(Of)]);

    /// <summary>What was written, as settings; null when a capability is not known.</summary>
    public static ModelOptions? Options(string name, ModelChange change)
    {
        var model = new ModelOptions
        {
            Name = name,
            Cache = change.Cache,
            Auto = change.Auto is { } auto ? new AutoOptions { Small = auto.Small, Large = auto.Large, Threshold = auto.Threshold } : null,
        };
        foreach (var target in change.Targets ?? [])
        {
            if (target is null || Capabilities(target.Capabilities) is not { } capabilities)
            {
                return null;
            }

            model.Targets.Add(new TargetOptions
            {
                Engine = target.Engine,
                Model = target.Model,
                Priority = target.Priority,
                InputPrice = target.InputPrice,
                CachedInputPrice = target.CachedInputPrice,
                OutputPrice = target.OutputPrice,
                ContextTokens = target.ContextTokens,
                Capabilities = capabilities,
            });
        }

        return model;
    }

    private static TargetView Of(ModelTarget target) => new(
        target.Engine.Name,
        target.Model,
        target.Priority,
        target.Price?.Input,
        target.Price?.CachedInput,
        target.Price?.Output,
        target.ContextTokens,
        [.. Single.Where(capability => target.Capabilities.HasFlag(capability)).Select(Word)]);

    private static ModelCapabilities? Capabilities(IReadOnlyList<string>? words)
    {
        if (words is null)
        {
            return ModelCapabilities.Any;
        }

        var all = ModelCapabilities.None;
        foreach (var word in words)
        {
            var known = Array.Find(Single, capability => string.Equals(Word(capability), word, StringComparison.OrdinalIgnoreCase));
            if (known is ModelCapabilities.None)
            {
                return null;
            }

            all |= known;
        }

        return all;
    }

    private static string Word(ModelCapabilities capability) => capability switch
    {
        ModelCapabilities.Chat => "chat",
        ModelCapabilities.Completion => "completion",
        ModelCapabilities.Embedding => "embedding",
        ModelCapabilities.Tools => "tools",
        _ => "images",
    };
}
