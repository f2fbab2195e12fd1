namespace Aspire.Hosting.ApplicationModel;

/// <summary>The resources of a built application.</summary>
public class DistributedApplicationModel
{
    public DistributedApplicationModel(IResourceCollection resources)
    {
        Resources = resources;
    }

    public DistributedApplicationModel(IEnumerable<IResource> resources)
    {
        var collection = new ResourceCollection();
        foreach (var resource in resources)
        {
            collection.Add(resource);
        }

        Resources = collection;
    }

    public IResourceCollection Resources { get; }
}
