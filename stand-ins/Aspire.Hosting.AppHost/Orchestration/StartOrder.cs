using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Orchestration;

/// <summary>Who needs whom: what is waited for starts first, and what needs others stops first.</summary>
internal sealed class StartOrder
{
    private readonly Dictionary<IResource, HashSet<IResource>> _needs = [];

    public StartOrder(IEnumerable<IResource> resources)
    {
        var all = resources.ToList();
        foreach (var resource in all)
        {
            _needs[resource] = [.. resource.Annotations.OfType<WaitAnnotation>().Select(wait => wait.Resource)];
        }

        foreach (var resource in all)
        {
            if (CycleFrom(resource) is { } cycle)
            {
                throw new DistributedApplicationException($"Resources wait for each other: {string.Join(" -> ", cycle)}.");
            }
        }

        // A reference without a wait decides nothing at the start, but who refers to another still stops before it.
        // Two that refer to each other have no order.
        foreach (var resource in all)
        {
            foreach (var other in resource.Annotations.OfType<ResourceRelationshipAnnotation>().Where(relation => relation.Type == "Reference").Select(relation => relation.Resource))
            {
                if (other != resource && !Needs(other, resource))
                {
                    _needs[resource].Add(other);
                }
            }
        }
    }

    /// <summary>The resources that need this one, directly.</summary>
    public IEnumerable<IResource> DependentsOf(IResource resource) => _needs.Where(entry => entry.Value.Contains(resource)).Select(entry => entry.Key);

    public bool Needs(IResource resource, IResource other) =>
        _needs.TryGetValue(resource, out var direct) && direct.Any(need => need == other || Needs(need, other));

    private List<string>? CycleFrom(IResource start)
    {
        var path = new List<IResource>();
        return Visit(start) ? [.. path.Select(resource => resource.Name), start.Name] : null;

        bool Visit(IResource resource)
        {
            if (path.Contains(resource))
            {
                return resource == start;
            }

            path.Add(resource);
            if (_needs.TryGetValue(resource, out var direct) && direct.Any(Visit))
            {
                return true;
            }

            path.Remove(resource);
            return false;
        }
    }
}
