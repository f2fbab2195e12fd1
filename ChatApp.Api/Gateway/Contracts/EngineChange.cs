using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Gateway.Contracts;

/// <summary>An engine that is added or changed.</summary>
/// <param name="Kind">LlamaCpp, Ollama, OpenAI, AzureOpenAI or Anthropic.</param>
/// <param name="Address">Where it is, without <c>/v1</c>.</param>
/// <param name="KeyName">The name of its key in the gateway's configuration (<c>Gateway:EngineKeys:name</c>); a key itself is never taken.</param>
/// <param name="Concurrency">How many calls it answers at once; null for what it tells, or what is usual.</param>
/// <param name="ApiVersion">The version of its API, where it has versions.</param>
public sealed record EngineChange(
    [Required(ErrorMessage = "Say what it is: LlamaCpp, Ollama, OpenAI, AzureOpenAI or Anthropic."), StringLength(20, ErrorMessage = "A kind has 20 characters at most.")] string Kind,
    [Required(ErrorMessage = "Give its address, such as http://127.0.0.1:8080."), StringLength(500, ErrorMessage = "An address has 500 characters at most.")] string Address,
    [StringLength(60, ErrorMessage = "A key's name has 60 characters at most.")] string? KeyName = null,
    [Range(1, 10_000, ErrorMessage = "An engine answers 1 to 10,000 calls at once.")] int? Concurrency = null,
    [StringLength(40, ErrorMessage = "A version has 40 characters at most.")] string? ApiVersion = null);
