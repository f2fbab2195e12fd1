namespace ChatApp.ServiceDefaults.Http;

/// <summary>The bounds of a client that reads answers as they are made. There is none on the whole: a long answer is no fault.</summary>
public sealed class StreamingHttpClientOptions
{
    /// <summary>How long opening a connection may take.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the other side may be silent before its first byte: a model that loads or reads a long prompt.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan FirstByteTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the other side may be silent between two pieces of its answer.</summary>
    /// <value>1 minute.</value>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
