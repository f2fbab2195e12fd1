using ChatApp.Api.Errors;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Turns.Events;

/// <summary>How much one person may follow at once in this process, over all connections.</summary>
internal sealed class ReaderLimit(IOptions<TurnOptions> options)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(Guid, ReaderKind), int> _taken = [];

    /// <summary>What somebody is told who has reached it.</summary>
    public static string Refusal => "You follow many turns at once already. Close some of your windows.";

    /// <summary>Takes a place for a person; null when all are taken. Disposing it gives it back.</summary>
    public IDisposable? TryEnter(Guid userId, ReaderKind kind)
    {
        lock (_gate)
        {
            var taken = _taken.GetValueOrDefault((userId, kind));
            if (taken >= options.Value.MaxReadersPerUser)
            {
                return null;
            }

            _taken[(userId, kind)] = taken + 1;
            return new Place(this, (userId, kind));
        }
    }

    /// <summary>The answer to somebody for whom there is no place.</summary>
    public static RetryLaterResult Refuse() => Problems.TooMany(TimeSpan.FromSeconds(5), Refusal);

    private void Leave((Guid, ReaderKind) key)
    {
        lock (_gate)
        {
            if (--_taken[key] == 0)
            {
                _taken.Remove(key);
            }
        }
    }

    private sealed class Place(ReaderLimit limit, (Guid, ReaderKind) key) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                limit.Leave(key);
            }
        }
    }
}
