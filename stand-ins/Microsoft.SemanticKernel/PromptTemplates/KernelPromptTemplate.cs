using System.ComponentModel;
using System.Globalization;
using System.Text;
using System.Web;
using Microsoft.Extensions.Logging;

namespace Microsoft.SemanticKernel;

internal sealed partial class KernelPromptTemplate : IPromptTemplate
{
    private readonly List<TemplateBlock> _blocks;
    private readonly HashSet<string> _trustedVariables;
    private readonly bool _trustsValues;
    private readonly ILogger _logger;

    public KernelPromptTemplate(PromptTemplateConfig config, bool trustsAll, ILogger logger)
    {
        _logger = logger;
        _blocks = TemplateParser.Parse(config.Template);
        Declare(_blocks, config);
        _trustsValues = trustsAll || config.AllowDangerouslySetContent;

        // Case matters here although it does not when arguments are looked up: a differently spelt use stays encoded.
        _trustedVariables = [.. config.InputVariables.Where(v => trustsAll || v.AllowDangerouslySetContent).Select(v => v.Name)];
    }

    public Task<string> RenderAsync(Kernel kernel, KernelArguments? arguments = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        cancellationToken.ThrowIfCancellationRequested();
        var rendered = new StringBuilder();
        foreach (var block in _blocks)
        {
            rendered.Append(block switch
            {
                TextBlock text => text.Text,
                ValueBlock value => Encode(value.Text, _trustsValues),
                VariableBlock variable => Encode(Lookup(variable, kernel, arguments), _trustedVariables.Contains(variable.Name)),
                FunctionBlock function => throw new KeyNotFoundException(
                    $"The plugin collection does not contain a plugin and/or function with the specified names. Plugin name - '{function.Plugin}', function name - '{function.Function}'."),
                _ => throw new KernelException("Unexpected block in a prompt template."),
            });
        }

        return Task.FromResult(rendered.ToString());
    }

    private static string? Encode(string? text, bool trusted) => trusted ? text : HttpUtility.HtmlEncode(text);

    private static string? ToText(object value, CultureInfo culture) => value switch
    {
        string text => text,
        List<string> lines => string.Join('\n', lines),
        _ => TypeDescriptor.GetConverter(value.GetType()).ConvertToString(context: null, culture, value),
    };

    /// <summary>Adds the variables that the template uses to those that its configuration declares.</summary>
    private static void Declare(List<TemplateBlock> blocks, PromptTemplateConfig config)
    {
        var declared = config.InputVariables.Select(v => v.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var block in blocks)
        {
            var used = block switch
            {
                VariableBlock variable => [variable.Name],
                FunctionBlock function => function.Variables,
                _ => [],
            };
            foreach (var name in used.Where(declared.Add))
            {
                config.InputVariables.Add(new InputVariable { Name = name });
            }
        }
    }

    private string? Lookup(VariableBlock variable, Kernel kernel, KernelArguments? arguments)
    {
        if (arguments is null)
        {
            return null;
        }

        if (!arguments.TryGetValue(variable.Name, out var value))
        {
            LogMissing(_logger, variable.Name);
        }

        return value is null ? null : ToText(value, kernel.Culture);
    }

    [LoggerMessage(LogLevel.Warning, "Variable `${Name}` not found")]
    private static partial void LogMissing(ILogger logger, string name);
}
