using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Microsoft.SemanticKernel;

public sealed class KernelPromptTemplateFactory(ILoggerFactory? loggerFactory = null) : IPromptTemplateFactory
{
    private readonly ILoggerFactory _loggerFactory = loggerFactory ?? NullLoggerFactory.Instance;

    public bool AllowDangerouslySetContent { get; init; }

    public bool TryCreate(PromptTemplateConfig templateConfig, [NotNullWhen(true)] out IPromptTemplate? result)
    {
        ArgumentNullException.ThrowIfNull(templateConfig);
        result = string.Equals(templateConfig.TemplateFormat, PromptTemplateConfig.SemanticKernelTemplateFormat, StringComparison.Ordinal)
            ? new KernelPromptTemplate(templateConfig, AllowDangerouslySetContent, _loggerFactory.CreateLogger<KernelPromptTemplate>())
            : null;
        return result is not null;
    }
}
