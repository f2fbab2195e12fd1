namespace ChatApp.Web.Admin;

/// <summary>The targets of a model while they are edited, in the order in which they are tried.</summary>
internal sealed class TargetChain
{
    private readonly List<TargetDraft> _targets;

    public TargetChain(IEnumerable<TargetDraft> targets) => _targets = [.. targets.OrderBy(static target => target.Step)];

    public IReadOnlyList<TargetDraft> Targets => _targets;

    /// <summary>Adds one as a step of its own, the last.</summary>
    public void Add(string engine) => _targets.Add(new TargetDraft { Engine = engine, Step = _targets.Count == 0 ? 1 : _targets[^1].Step + 1 });

    public void Remove(TargetDraft target) => _targets.Remove(target);

    /// <summary>Has it tried before the one above it.</summary>
    public void MoveUp(TargetDraft target)
    {
        var place = _targets.IndexOf(target);
        if (place <= 0)
        {
            return;
        }

        var above = _targets[place - 1];
        if (above.Step == target.Step)
        {
            // They shared the load: all that shared it come one step later.
            foreach (var later in _targets.Where(other => other != target && other.Step >= target.Step))
            {
                later.Step++;
            }
        }
        else
        {
            (above.Step, target.Step) = (target.Step, above.Step);
        }

        Sort();
    }

    /// <summary>Puts them in the order of their steps.</summary>
    public void Sort()
    {
        var sorted = _targets.OrderBy(static target => target.Step).ToList();
        _targets.Clear();
        _targets.AddRange(sorted);
    }
}
