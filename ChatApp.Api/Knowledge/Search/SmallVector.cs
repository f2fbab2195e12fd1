namespace ChatApp.Api.Knowledge.Search;

/// <summary>A direction in a quarter of the room that its numbers take: a byte each, which is plenty to tell which of two is nearer.</summary>
internal sealed class SmallVector
{
    private readonly sbyte[] _values;
    private readonly double _length;

    public SmallVector(ReadOnlySpan<float> values)
    {
        var largest = 0f;
        foreach (var value in values)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        _values = new sbyte[values.Length];
        var squares = 0L;
        for (var i = 0; i < values.Length && largest > 0 && float.IsFinite(largest); i++)
        {
            _values[i] = (sbyte)Math.Round(values[i] / largest * sbyte.MaxValue);
            squares += _values[i] * _values[i];
        }

        _length = Math.Sqrt(squares);
    }

    /// <summary>-1 to 1; 0 where the two do not come from the same model.</summary>
    public double Similarity(SmallVector other)
    {
        if (_values.Length != other._values.Length || _length == 0 || other._length == 0)
        {
            return 0;
        }

        var product = 0;
        for (var i = 0; i < _values.Length; i++)
        {
            product += _values[i] * other._values[i];
        }

        return product / (_length * other._length);
    }
}
