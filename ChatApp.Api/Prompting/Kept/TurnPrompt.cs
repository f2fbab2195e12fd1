namespace ChatApp.Api.Prompting.Kept;

/// <summary>What the model read before it answered.</summary>
/// <param name="Model">The model.</param>
/// <param name="Messages">The messages, in order.</param>
/// <param name="Tokens">How many tokens they have.</param>
/// <param name="TokensCounted">Whether the engine counted them; otherwise it is an estimate.</param>
/// <param name="Options">How the model was to write.</param>
/// <param name="IsExact">Whether these are to the letter the messages that were sent, by the checksum that was kept of them; the code that no answer may repeat is covered here.</param>
public sealed record TurnPrompt(
    string Model, IReadOnlyList<TurnPromptMessage> Messages, int Tokens, bool TokensCounted, TurnPromptOptions Options, bool IsExact);

/// <summary>One message of a prompt.</summary>
/// <param name="Role">Whose it is: <c>system</c>, <c>user</c> or <c>assistant</c>.</param>
/// <param name="Part">What it is there for.</param>
/// <param name="Text">Its text.</param>
public sealed record TurnPromptMessage(string Role, PromptPart Part, string Text);

/// <summary>How a model was to write; what is null was left to its engine.</summary>
/// <param name="Temperature">How freely it chooses.</param>
/// <param name="TopP">From how much of the probability it chooses.</param>
/// <param name="MaxOutputTokens">Tokens of the answer, at most.</param>
public sealed record TurnPromptOptions(float? Temperature, float? TopP, int? MaxOutputTokens);
