using Aspire.Hosting;
using Aspire.Hosting.Orchestration;
using Xunit;

namespace ChatApp.Tests.StandIns.Hosting.Running;

public sealed class StartOrderTests
{
    [Fact]
    public void StartOrder_Circle_IsNamed()
    {
        var builder = Model.Builder();
        var first = builder.AddExecutable("first", "true", ".");
        var second = builder.AddExecutable("second", "true", ".").WaitFor(first);
        first.WaitFor(second);

        var e = Assert.Throws<DistributedApplicationException>(() => new StartOrder(builder.Resources));

        Assert.Contains("first -> second -> first", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DependentsOf_WaitsAndReferences_AreBothDependents()
    {
        var builder = Model.Builder();
        var store = builder.AddExecutable("store", "true", ".").WithHttpEndpoint();
        builder.AddExecutable("waits", "true", ".").WaitFor(store);
        builder.AddExecutable("refers", "true", ".").WithReference(store.GetEndpoint("http"));
        builder.AddExecutable("neither", "true", ".");

        var order = new StartOrder(builder.Resources);

        Assert.Equal(["refers", "waits"], order.DependentsOf(store.Resource).Select(resource => resource.Name).Order());
    }

    [Fact]
    public void DependentsOf_ReferencesInACircle_KeepTheWaitsOrder()
    {
        var builder = Model.Builder();
        var store = builder.AddExecutable("store", "true", ".").WithHttpEndpoint();
        var api = builder.AddExecutable("api", "true", ".").WithHttpEndpoint().WaitFor(store);
        store.WithReference(api.GetEndpoint("http"));

        var order = new StartOrder(builder.Resources);

        Assert.Equal(["api"], order.DependentsOf(store.Resource).Select(resource => resource.Name));
        Assert.Empty(order.DependentsOf(api.Resource));
    }
}
