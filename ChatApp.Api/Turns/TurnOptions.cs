using System.ComponentModel.DataAnnotations;

namespace ChatApp.Api.Turns;

/// <summary>Section <c>Turns</c>: the bounds of a turn.</summary>
internal sealed class TurnOptions
{
    public const string Section = "Turns";

    /// <summary>Turns that one person may have queued and running at once.</summary>
    /// <value>Defaults to 4.</value>
    [Range(1, 1000)]
    public int MaxActivePerUser { get; set; } = 4;

    /// <summary>Turns of everybody that may wait for a worker; more are refused until some have been answered.</summary>
    /// <value>Defaults to 1000.</value>
    [Range(1, 1_000_000)]
    public int MaxQueued { get; set; } = 1000;

    /// <summary>Event streams of one person that one process serves at once.</summary>
    /// <value>Defaults to 64.</value>
    [Range(1, 100_000)]
    public int MaxReadersPerUser { get; set; } = 64;

    /// <summary>Turns that one worker process runs at once.</summary>
    /// <value>Defaults to 16.</value>
    [Range(1, 100_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>Tokens of an answer, at most; a model's profile and a character may say less.</summary>
    /// <value>Defaults to 1024.</value>
    [Range(1, 1_000_000)]
    public int MaxOutputTokens { get; set; } = 1024;

    /// <summary>Characters of an answer, at most, for engines that do not keep to the tokens they were given.</summary>
    /// <value>Defaults to 100,000.</value>
    [Range(1, 10_000_000)]
    public int MaxAnswerCharacters { get; set; } = 100_000;

    /// <summary>Attempts that may end badly before the turn is given up.</summary>
    /// <value>Defaults to 3.</value>
    [Range(1, 100)]
    public int MaxAttempts { get; set; } = 3;

    /// <summary>How long a turn goes on trying while no engine answers, from its first attempt on. Such tries are not counted as attempts.</summary>
    /// <value>Defaults to 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan EnginePatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long one attempt may take.</summary>
    /// <value>Defaults to 10 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long the engine may take to its first token; a model that must be loaded first takes its time.</summary>
    /// <value>Defaults to 2 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan FirstTokenTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long the engine may be silent between tokens.</summary>
    /// <value>Defaults to 1 minute.</value>
    [Range(typeof(TimeSpan), "00:00:00.1", "1.00:00:00")]
    public TimeSpan TokenTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a worker's claim is good without a sign of life. A worker renews three times in it.</summary>
    /// <value>Defaults to 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long running turns may go on after the process was told to stop; what is left then goes back to the queue.</summary>
    /// <value>Defaults to 10 seconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the queue is looked at when nothing wakes the worker.</summary>
    /// <value>Defaults to 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Pieces of an answer that arrive within this time become one event.</summary>
    /// <value>Defaults to 25 milliseconds.</value>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:01")]
    public TimeSpan DeltaWindow { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>How often the answer so far is saved.</summary>
    /// <value>Defaults to 1 second.</value>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(1);
}
