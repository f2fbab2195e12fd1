namespace ChatApp.Api.Moderation.Detectors.Rules;

/// <summary>What a context does.</summary>
internal enum RuleContext
{
    /// <summary>The words right after it are denied.</summary>
    Negation,

    /// <summary>It is told, taught, asked for help about, or made up.</summary>
    Distance,
}
