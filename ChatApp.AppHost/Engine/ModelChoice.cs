namespace ChatApp.AppHost.Engine;

/// <summary>Which model answers.</summary>
/// <param name="Name">What the gateway and people call it.</param>
/// <param name="File">Its .gguf file; null when it is only a name that an engine knows.</param>
/// <param name="BuiltIn">It is the one in the repository, which is for trying the plumbing.</param>
internal sealed record ModelChoice(string Name, string? File, bool BuiltIn)
{
    private const string BuiltInName = "tiny-chat";
    private const string Extension = ".gguf";

    /// <summary>The operator's word, else what <c>./chatapp</c> remembered; null when nothing was chosen.</summary>
    /// <exception cref="SetupException">The file that configuration names is not there.</exception>
    public static ModelChoice? Chosen(HostSettings settings)
    {
        if (!string.IsNullOrWhiteSpace(settings.Model))
        {
            var given = Parse(settings.Model.Trim(), settings);
            return given is { File: { } file } && !System.IO.File.Exists(file)
                ? throw new SetupException($"The model {file} is not there: give another with ./chatapp up --model PATH, or in ChatApp:Model.")
                : given;
        }

        var remembered = Path.Combine(settings.Repository, ".data", "model");
        var choice = System.IO.File.Exists(remembered) ? System.IO.File.ReadAllText(remembered).Trim() : "";
        return choice.Length > 0 && Parse(choice, settings) is { } kept && (kept.File is null || System.IO.File.Exists(kept.File)) ? kept : null;
    }

    /// <summary>The small model that ships with the repository.</summary>
    public static ModelChoice BuiltInModel(HostSettings settings) => new(BuiltInName, BuiltInFile(settings), BuiltIn: true);

    private static ModelChoice Parse(string word, HostSettings settings)
    {
        if (!word.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
        {
            return new ModelChoice(word, File: null, BuiltIn: false);
        }

        var file = Path.GetFullPath(word, settings.Repository);
        return file == BuiltInFile(settings)
            ? BuiltInModel(settings)
            : new ModelChoice(Path.GetFileNameWithoutExtension(file), file, BuiltIn: false);
    }

    private static string BuiltInFile(HostSettings settings) =>
        Path.Combine(settings.Repository, "eng", "models", BuiltInName, $"{BuiltInName}-q8_0{Extension}");
}
