using System.Globalization;
using System.Text;

namespace ChatApp.Api.Knowledge.Parsing;

/// <summary>Where in a JSON document a reader is.</summary>
internal sealed class JsonPath
{
    private const int MaxName = 80;

    /// <summary>The containers around: a name for an object's, a number for a list's.</summary>
    private readonly List<(bool IsList, string Name, int Index)> _containers = [];

    public bool IsEmpty => _containers.Count == 0;

    /// <summary>What the reader has just been in or at is an element of a list.</summary>
    public bool IsInList => _containers.Count > 0 && _containers[^1].IsList;

    public void Name(string name) => _containers[^1] = (false, name.Length <= MaxName ? name : TextSplitter.Shorten(name, MaxName), 0);

    public void Enter(bool isList)
    {
        Value();
        _containers.Add((isList, "", -1));
    }

    public void Leave() => _containers.RemoveAt(_containers.Count - 1);

    /// <summary>A value begins: in a list, the next element.</summary>
    public void Value()
    {
        if (IsInList)
        {
            _containers[^1] = (true, "", _containers[^1].Index + 1);
        }
    }

    public override string ToString()
    {
        var path = new StringBuilder();
        foreach (var (isList, name, index) in _containers)
        {
            if (isList)
            {
                path.Append(CultureInfo.InvariantCulture, $"[{index + 1}]");
            }
            else
            {
                path.Append(path.Length > 0 ? "." : "").Append(name);
            }
        }

        return path.ToString();
    }
}
