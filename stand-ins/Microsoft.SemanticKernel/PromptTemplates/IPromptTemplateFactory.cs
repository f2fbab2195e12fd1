using System.Diagnostics.CodeAnalysis;

namespace Microsoft.SemanticKernel;

public interface IPromptTemplateFactory
{
    bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result);
}
