using System.Security.Cryptography;
using ChatApp.Api.Accounts;

namespace ChatApp.Api.Audit.Verification;

/// <summary>Goes along the chain, entry by entry, from the one before the first.</summary>
internal sealed class AuditChain(SecretBox secrets, long anchorId, byte[] anchorCode)
{
    /// <summary>The entry that comes next.</summary>
    public long NextId { get; private set; } = anchorId + 1;

    /// <summary>The code of the entry before it.</summary>
    public byte[] Code { get; private set; } = anchorCode;

    public long Checked { get; private set; }

    public DateTimeOffset? From { get; private set; }

    public DateTimeOffset? To { get; private set; }

    /// <summary>The first entry that is not as it was written, is missing, or does not belong there; null as long as all is well.</summary>
    public long? BrokenAt { get; private set; }

    /// <summary>Looks at the next entry. After a break it goes on from what is there.</summary>
    public void Add(AuditRow row)
    {
        Checked++;
        From ??= row.At;
        To = row.At;
        if (row.Id != NextId)
        {
            Break(Math.Min(row.Id, NextId));
        }
        else if (!CryptographicOperations.FixedTimeEquals(AuditCode.Of(secrets, Code, row), row.Code))
        {
            Break(row.Id);
        }

        NextId = row.Id + 1;
        Code = row.Code;
    }

    /// <summary>Says that all entries were looked at: the last has to be the head's.</summary>
    public void End(AuditHead head)
    {
        if (NextId != head.LastId + 1)
        {
            Break(Math.Min(NextId, head.LastId + 1));
        }
        else if (!CryptographicOperations.FixedTimeEquals(Code, head.LastCode))
        {
            Break(head.LastId);
        }
    }

    /// <summary>Notes a break, unless there was one before.</summary>
    public void Break(long id) => BrokenAt ??= id;
}
