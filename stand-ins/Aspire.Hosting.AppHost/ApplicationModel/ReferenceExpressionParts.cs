using System.Globalization;
using System.Text;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What an expression is put together from: text, and values with their placeholders.</summary>
internal sealed class ReferenceExpressionParts(int literalLength, int formattedCount)
{
    private readonly StringBuilder _format = new(literalLength * 2);
    private readonly List<IValueProvider> _values = new(formattedCount);
    private readonly List<string> _placeholders = new(formattedCount);
    private readonly List<string?> _formats = new(formattedCount);

    public ReferenceExpressionParts()
        : this(64, 4)
    {
    }

    public bool IsEmpty => _format.Length == 0;

    public void AddText(string? text)
    {
        // The text ends up in a format string. As in the package, a brace that is doubled already is left alone.
        for (var i = 0; i < (text?.Length ?? 0); i++)
        {
            var c = text![i];
            _format.Append(c);
            if (c is '{' or '}')
            {
                _format.Append(c);
                if (i + 1 < text.Length && text[i + 1] == c)
                {
                    i++;
                }
            }
        }
    }

    public void AddValue(IValueProvider value, string placeholder, string? format)
    {
        _format.Append(CultureInfo.InvariantCulture, $"{{{_values.Count}}}");
        _values.Add(value);
        _placeholders.Add(placeholder);
        _formats.Add(format);
    }

    public ReferenceExpression Build() => new(_format.ToString(), [.. _values], [.. _placeholders], [.. _formats]);
}
