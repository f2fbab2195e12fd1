namespace ChatApp.Api.Moderation.Policies;

/// <summary>Which detectors are asked. A role's or a character's policy may ask more of them than the site's, never fewer.</summary>
/// <param name="Rules">The rules of the service, which answer at once.</param>
/// <param name="Classifier">A model of the gateway that classifies.</param>
/// <param name="Outside">A moderation API outside.</param>
public sealed record PolicyDetectors(bool Rules = true, bool Classifier = false, bool Outside = false)
{
    internal PolicyDetectors With(PolicyDetectors other) => new(Rules || other.Rules, Classifier || other.Classifier, Outside || other.Outside);

    /// <summary>Detectors that no policy names are part of the service, and always run.</summary>
    internal bool Runs(string detector) => detector switch
    {
        "rules" => Rules,
        "classifier" => Classifier,
        "outside" => Outside,
        _ => true,
    };
}
