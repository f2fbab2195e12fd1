namespace ChatApp.Api.Models;

/// <summary>Where memories and snippets stand in a prompt.</summary>
internal enum PromptShape
{
    /// <summary>Before the newest message's text, so that everything before it is what the engine has read already.</summary>
    Usual,

    /// <summary>In the first message, as the small built-in model was trained: it finds nothing in other places.</summary>
    Small,
}
