using System.Text.Json.Serialization;

namespace ChatApp.Api.Prompting;

/// <summary>What a message of a prompt is there for.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<PromptPart>))]
public enum PromptPart
{
    /// <summary>The character and the rules.</summary>
    Persona,

    /// <summary>One side of an example of how the character talks.</summary>
    Example,

    /// <summary>The summary of what there was no room for, and the message after it.</summary>
    Summary,

    /// <summary>What was said.</summary>
    History,

    /// <summary>The message to answer, with what was recalled for it.</summary>
    Question,
}
