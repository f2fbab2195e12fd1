namespace ChatApp.Api.Models;

/// <summary>The vectors of the questions that were asked last: one message is often embedded for memories and for documents.</summary>
internal sealed class QueryVectors
{
    private const int Capacity = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    public float[]? Find(string text)
    {
        lock (_lock)
        {
            return _vectors.GetValueOrDefault(text);
        }
    }

    public void Keep(string text, float[] vector)
    {
        lock (_lock)
        {
            if (!_vectors.TryAdd(text, vector))
            {
                return;
            }

            _oldest.Enqueue(text);
            if (_oldest.Count > Capacity)
            {
                _vectors.Remove(_oldest.Dequeue());
            }
        }
    }
}
