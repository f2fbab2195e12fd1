namespace Azure.Provisioning.AppContainers;

/// <summary>The part of a container app's description that an AppHost sets: size and scale. From Azure.Provisioning.AppContainers.</summary>
public class ContainerApp(string bicepIdentifier)
{
    public string BicepIdentifier { get; } = bicepIdentifier;

    public ContainerAppTemplate Template { get; set; } = new();

    public BicepValue<string>? WorkloadProfileName { get; set; }

    public ContainerAppConfiguration Configuration { get; set; } = new();
}

public class ContainerAppConfiguration
{
    public ContainerAppIngressConfiguration Ingress { get; set; } = new();
}

public class ContainerAppIngressConfiguration
{
    public BicepValue<bool>? AllowInsecure { get; set; }

    public StickySessionAffinity? StickySessionsAffinity { get; set; }
}

public enum StickySessionAffinity
{
    Sticky,
    None,
}

public class ContainerAppTemplate
{
    public ContainerAppScale Scale { get; set; } = new();

    public List<BicepValue<ContainerAppContainer>> Containers { get; } = [new ContainerAppContainer()];

    public BicepValue<long>? TerminationGracePeriodSeconds { get; set; }
}

public class ContainerAppScale
{
    public BicepValue<int>? MinReplicas { get; set; }

    public BicepValue<int>? MaxReplicas { get; set; }
}

public class ContainerAppContainer
{
    public AppContainerResources Resources { get; set; } = new();
}

public class AppContainerResources
{
    public BicepValue<double>? Cpu { get; set; }

    public BicepValue<string>? Memory { get; set; }
}
