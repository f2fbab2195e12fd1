namespace ChatApp.Api.Moderation;

/// <summary>Something that a detector found in a text.</summary>
/// <param name="Category">What it is about.</param>
/// <param name="Level">How much of it.</param>
/// <param name="Start">Where it begins, in UTF-16 units of the text as it was given; 0 when the text as a whole is meant.</param>
/// <param name="Length">How long it is; the text's length when all of it is meant.</param>
/// <param name="Detector">Which detector says so.</param>
/// <param name="Rule">By which of its rules or categories, for moderators; never the text itself.</param>
internal sealed record Detection(ModerationCategory Category, ModerationLevel Level, int Start, int Length, string Detector, string Rule);
