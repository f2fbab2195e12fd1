namespace ChatApp.Inference.Ollama.Pulls;

/// <summary>What an admin asks for.</summary>
internal sealed record PullRequest(string Model);
