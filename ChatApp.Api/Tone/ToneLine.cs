namespace ChatApp.Api.Tone;

/// <summary>What a model reads of how the person sounds: a line that its character may make something of.</summary>
internal static class ToneLine
{
    public static string Of(Emotion emotion) => emotion switch
    {
        Emotion.Joy => "The person sounds happy.",
        Emotion.Sadness => "The person sounds sad.",
        Emotion.Anger => "The person sounds angry.",
        _ => "The person sounds afraid.",
    };
}
