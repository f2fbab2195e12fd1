namespace ChatApp.Inference.Dialects;

/// <summary>A target cannot be asked this, or answers that it failed.</summary>
public sealed class DialectException : Exception
{
    /// <summary>With no reason.</summary>
    public DialectException()
    {
    }

    /// <summary>With what helps the caller.</summary>
    public DialectException(string message)
        : base(message)
    {
    }

    /// <summary>With what helps the caller, and its cause.</summary>
    public DialectException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
