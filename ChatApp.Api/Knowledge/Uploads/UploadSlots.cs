using System.Collections.Concurrent;

namespace ChatApp.Api.Knowledge.Uploads;

/// <summary>How many uploads a process takes at once: each keeps a file on disk while it lasts.</summary>
internal sealed class UploadSlots
{
    private const int MaxTogether = 32;

    private const int MaxPerUser = 4;

    private readonly ConcurrentDictionary<Guid, int> _users = new();
    private int _together;

    /// <returns>Null when there is no room at the moment; to be disposed when the upload is done.</returns>
    public IDisposable? TryTake(Guid userId)
    {
        if (Interlocked.Increment(ref _together) <= MaxTogether)
        {
            if (_users.AddOrUpdate(userId, 1, static (_, count) => count + 1) <= MaxPerUser)
            {
                return new Slot(this, userId);
            }

            Leave(userId);
        }

        Interlocked.Decrement(ref _together);
        return null;
    }

    private void Leave(Guid userId)
    {
        _users.AddOrUpdate(userId, 0, static (_, count) => count - 1);
        _users.TryRemove(new KeyValuePair<Guid, int>(userId, 0));
    }

    private sealed class Slot(UploadSlots slots, Guid userId) : IDisposable
    {
        public void Dispose()
        {
            slots.Leave(userId);
            Interlocked.Decrement(ref slots._together);
        }
    }
}
