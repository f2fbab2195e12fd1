using System.Security.Cryptography;

namespace ChatApp.Api.Audit;

/// <summary>
/// Remembers the newest entry that this process has seen. Codes prove that a log is one that we wrote, not that it is the newest: whoever
/// puts the whole database back to an earlier state has a log that is right in itself. As long as a process lives, it knows better.
/// </summary>
internal sealed partial class AuditWitness(ILogger<AuditWitness> logger)
{
    private readonly Lock _lock = new();
    private long _id;
    private byte[] _code = [];
    private bool _hasReturned;

    /// <summary>Whether the log was once further than it is, or another one; it stays so until the process ends.</summary>
    public bool HasReturned
    {
        get
        {
            lock (_lock)
            {
                return _hasReturned;
            }
        }
    }

    /// <summary>The newest entry that was seen, and its code.</summary>
    public (long Id, byte[] Code) Seen
    {
        get
        {
            lock (_lock)
            {
                return (_id, _code);
            }
        }
    }

    /// <summary>Takes note of a head that was read as committed.</summary>
    /// <returns>False when it cannot follow on what was seen before.</returns>
    public bool See(AuditHead head)
    {
        lock (_lock)
        {
            if (head.LastId < _id || (head.LastId == _id && !CryptographicOperations.FixedTimeEquals(head.LastCode, _code)))
            {
                if (!_hasReturned)
                {
                    LogReturned(_id, head.LastId);
                }

                _hasReturned = true;
                return false;
            }

            _id = head.LastId;
            _code = head.LastCode;
            return true;
        }
    }

    /// <summary>Says in the service's log how far the audit log is: where that is kept elsewhere, it tells what a database that was put back lacks.</summary>
    public void Tell(AuditHead head) => LogHead(head.LastId, Convert.ToHexStringLower(head.LastCode.AsSpan(0, Math.Min(8, head.LastCode.Length))));

    [LoggerMessage(LogLevel.Information, "The audit log's newest entry is {Id}, code {Code}")]
    private partial void LogHead(long id, string code);

    [LoggerMessage(LogLevel.Critical, "The audit log was at entry {Seen} and is at {Found}: the database was put back, or somebody changed it")]
    private partial void LogReturned(long seen, long found);
}
