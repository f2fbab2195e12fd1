using Microsoft.Extensions.AI;

namespace Microsoft.SemanticKernel;

public sealed class KernelArguments : AIFunctionArguments
{
    public KernelArguments()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public KernelArguments(IDictionary<string, object?> source)
        : base(source, StringComparer.OrdinalIgnoreCase)
    {
    }

    public ICollection<string> Names => Keys;

    public bool ContainsName(string name) => ContainsKey(name);
}
