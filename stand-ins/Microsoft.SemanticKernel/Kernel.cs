using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Microsoft.SemanticKernel;

public sealed class Kernel
{
    public Kernel(IServiceProvider? services = null) => Services = services ?? NoServices.Instance;

    public IServiceProvider Services { get; }

    [AllowNull]
    public CultureInfo Culture
    {
        get;
        set => field = value ?? CultureInfo.InvariantCulture;
    } = CultureInfo.InvariantCulture;

    private sealed class NoServices : IServiceProvider
    {
        public static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
