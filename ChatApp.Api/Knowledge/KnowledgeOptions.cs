using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Knowledge;

/// <summary>Section <c>Knowledge</c>: how much people may upload, and how long a document may keep a worker.</summary>
internal sealed class KnowledgeOptions
{
    public const string Section = "Knowledge";

    /// <summary>Bytes of one document.</summary>
    /// <value>Defaults to 25 MB.</value>
    [Range(1024, 200 * 1024 * 1024)]
    public int MaxDocumentBytes { get; set; } = 25 * 1024 * 1024;

    /// <summary>Bytes of all documents that one person uploaded.</summary>
    /// <value>Defaults to 500 MB.</value>
    [Range(1024, long.MaxValue)]
    public long MaxUserBytes { get; set; } = 500L * 1024 * 1024;

    /// <summary>Documents attached to one conversation.</summary>
    /// <value>Defaults to 20.</value>
    [Range(1, 1000)]
    public int MaxConversationDocuments { get; set; } = 20;

    /// <summary>Documents of one character.</summary>
    /// <value>Defaults to 200.</value>
    [Range(1, 1000)]
    public int MaxCharacterDocuments { get; set; } = 200;

    /// <summary>Pages of one document.</summary>
    /// <value>Defaults to 1,000.</value>
    [Range(1, 100_000)]
    public int MaxPages { get; set; } = 1000;

    /// <summary>Chunks that one document may become.</summary>
    /// <value>Defaults to 5,000.</value>
    [Range(1, 100_000)]
    public int MaxChunks { get; set; } = 5000;

    /// <summary>Chunks of all documents of one character, or of one conversation: they are searched together.</summary>
    /// <value>Defaults to 50,000.</value>
    [Range(1, 1_000_000)]
    public int MaxChunksTogether { get; set; } = 50_000;

    /// <summary>Chunks that a process keeps indexed in its memory, of all the documents that were asked lately; about 2 KB each.</summary>
    /// <value>Defaults to 200,000.</value>
    [Range(1000, 10_000_000)]
    public int MaxChunksInMemory { get; set; } = 200_000;

    /// <summary>Documents that one worker process reads at once, each in a process of its own.</summary>
    /// <value>Defaults to 2.</value>
    [Range(1, 64)]
    public int Concurrency { get; set; } = 2;

    /// <summary>How long reading one document may take.</summary>
    /// <value>Defaults to 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan ReadingTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Memory that reading one document may take, in MB.</summary>
    /// <value>Defaults to 512.</value>
    [Range(128, 16_384)]
    public int ReadingMemory { get; set; } = 512;

    /// <summary>How long a worker's claim on a document is good without a sign of life. A worker renews three times in it.</summary>
    /// <value>Defaults to 30 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Attempts that may end with their worker before a document is given up.</summary>
    /// <value>Defaults to 3.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How often documents are looked for when nothing says that there are some.</summary>
    /// <value>Defaults to 2 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(2);
}
