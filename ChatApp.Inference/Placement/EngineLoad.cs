using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ChatApp.Inference.Admission;

namespace ChatApp.Inference.Placement;

/// <summary>What one engine has to do at the moment, as far as this gateway knows. Read without a lock, so figures may be of different moments.</summary>
internal sealed class EngineLoad(string name, string address, EngineQueue queue)
{
    private long _lostAt = long.MinValue;
    private int _conversations;

    public string Name { get; } = name;

    /// <summary>Where it is; an engine that moved has another cache.</summary>
    public string Address { get; set; } = address;

    /// <summary>How many calls it told that it answers at once; null when it has not, or is not asked.</summary>
    public int? LearnedSlots { get; set; }

    /// <summary>Its places.</summary>
    public EngineQueue Queue { get; } = queue;

    /// <summary>How many calls it answers at once.</summary>
    public int Slots => Queue.Slots;

    /// <summary>Calls that it answers.</summary>
    public int InFlight => Queue.InFlight;

    /// <summary>Calls that wait in the gateway for it.</summary>
    public int Queued => Queue.Queued;

    /// <summary>Tokens of all these calls, prompts and expected answers.</summary>
    public long TokensInFlight => Queue.Tokens;

    /// <summary>Conversations whose prompts it has cached, as far as they are kept.</summary>
    public int Conversations => Volatile.Read(ref _conversations);

    /// <summary>When it last lost its cache, in the clock's timestamps.</summary>
    public long LostAt => Volatile.Read(ref _lostAt);

    /// <summary>The same in every gateway process.</summary>
    public ulong Seed { get; } = BinaryPrimitives.ReadUInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes(name.ToUpperInvariant())));

    /// <summary>Notes that its cache is gone, and sends those that wait for it elsewhere.</summary>
    /// <param name="now">The clock's timestamp.</param>
    public void Lost(long now)
    {
        Volatile.Write(ref _lostAt, now);
        Volatile.Write(ref _conversations, 0);
        Queue.SendAway();
    }

    /// <summary>One more conversation is kept there, or one less.</summary>
    public void Count(int conversations) => Interlocked.Add(ref _conversations, conversations);
}
