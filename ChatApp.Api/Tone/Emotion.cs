using System.Text.Json.Serialization;

namespace ChatApp.Api.Tone;

/// <summary>How somebody sounds, where that is not plain.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Emotion>))]
public enum Emotion
{
    /// <summary>Happy, glad, thankful.</summary>
    Joy,

    /// <summary>Sad, lonely, grieving.</summary>
    Sadness,

    /// <summary>Angry, annoyed.</summary>
    Anger,

    /// <summary>Afraid, worried.</summary>
    Fear,
}
