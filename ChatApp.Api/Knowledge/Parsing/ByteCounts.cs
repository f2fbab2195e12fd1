namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>What bytes a file has, as far as that tells text from anything else.</summary>
internal sealed class ByteCounts
{
    private long _all;
    private long _controls;
    private long _zerosAtEven;
    private long _zerosAtOdd;

    public long Zeros => _zerosAtEven + _zerosAtOdd;

    public long AsciiLetters { get; private set; }

    /// <summary>Letters of the usual single-byte encodings beyond ASCII.</summary>
    public long HighLetters { get; private set; }

    /// <summary>Logs have an escape here and there; programs and pictures have many controls.</summary>
    public bool HasTooManyControls => _controls * 500 > _all;

    /// <summary>Nothing speaks against two or four bytes a character.</summary>
    public bool CanBeWide => _all % 2 == 0;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            if (value == 0)
            {
                if (_all % 2 == 0)
                {
                    _zerosAtEven++;
                }
                else
                {
                    _zerosAtOdd++;
                }
            }
            else if ((value < 0x20 && value is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f')) || value == 0x7F)
            {
                _controls++;
            }
            else if (value >= 0xC0)
            {
                HighLetters++;
            }
            else if (char.IsAsciiLetter((char)value))
            {
                AsciiLetters++;
            }

            _all++;
        }
    }

    /// <summary>Every other byte of Western text in UTF-16 is zero, and hardly any of the others is.</summary>
    public bool LooksLikeUtf16(bool littleEndian)
    {
        var (high, low) = littleEndian ? (_zerosAtOdd, _zerosAtEven) : (_zerosAtEven, _zerosAtOdd);
        return _all % 2 == 0 && high * 4 > _all && low * 100 < _all && _controls * 100 < _all;
    }
}
