namespace OllamaSharp.Models.Exceptions;

/// <summary>An error that the server reported within a stream.</summary>
public class ResponseError(string message) : OllamaException(message);
