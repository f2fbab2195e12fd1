using Microsoft.Extensions.Options;

namespace ChatApp.Api.Models;

/// <summary>Finds what is known of a model.</summary>
internal sealed class ModelCatalog(IOptions<ModelOptions> options)
{
    /// <summary>The model of that name, or the default one when a character names none.</summary>
    public ModelProfile Find(string? name)
    {
        var settings = options.Value;
        var chosen = string.IsNullOrEmpty(name) ? settings.Default : name;
        var usual = settings.BuiltIn && chosen == settings.Default ? ModelProfile.BuiltIn(chosen) : ModelProfile.Usual(chosen);
        var profile = usual with
        {
            Prefills = settings.Prefills,
            IsOutside = settings.Outside || settings.OutsideModels.Contains(chosen, StringComparer.OrdinalIgnoreCase),
            // The built-in model is not asked for more than it was trained on.
            ContextTokens = usual.ContextTokens < settings.ContextTokens ? usual.ContextTokens : settings.ContextTokens ?? usual.ContextTokens,
        };
        return settings.Profiles.TryGetValue(chosen, out var known) ? profile.With(known) : profile;
    }
}
