using ChatApp.Inference.Calls;
using ChatApp.Inference.Engines;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Dialects;

/// <summary>
/// Azure OpenAI: OpenAI's bodies at another place. The target's model is the deployment's name and stands in the path, the key goes
/// into <c>api-key</c>, and the version into the query. Answers come as they are, with what the content filter says
/// of them: a first event without choices (<c>prompt_filter_results</c>), and verdicts in the choices, which callers pass over.
/// </summary>
internal sealed class AzureOpenAIDialect : IDialect
{
    /// <summary>The version asked for where <see cref="EngineOptions.ApiVersion"/> names none: the newest dated one that is no preview (October 2024). With <c>v1</c>, the API without dates, of August 2025, is asked.</summary>
    public const string DefaultVersion = "2024-10-21";

    private const string Undated = "v1";

    public IReadOnlyCollection<EngineKind> Kinds { get; } = [EngineKind.AzureOpenAI];

    /// <summary>Where the resource lists its models, which tells whether it is there and takes the key.</summary>
    public static string ModelsPath(EngineOptions engine) => IsUndated(engine) ? "openai/v1/models" : $"openai/models?api-version={Version(engine)}";

    public DialectRequest Write(GatewayCall call, ModelTarget target)
    {
        var operation = OpenAIPaths.Operation(call.Kind);
        var splice = new BodySplice(call.Body.Json);
        var isUndated = IsUndated(target.Engine);
        if (isUndated && call.Body.Model != target.Model)
        {
            splice.Replace(call.Body.ModelValue, BodySplice.Quoted(target.Model));
        }

        var hidesUsage = call.Kind != CallKind.Embedding && StreamUsage.Ask(call.Body, splice);
        var path = isUndated
            ? $"openai/v1/{operation}"
            : $"openai/deployments/{Uri.EscapeDataString(target.Model)}/{operation}?api-version={Version(target.Engine)}";
        return new DialectRequest(path, splice.ToBody(), hidesUsage)
        {
            Headers = string.IsNullOrEmpty(target.Engine.Key) ? [] : [new("api-key", target.Engine.Key)],
        };
    }

    public IEventTranslator? TranslateEvents(GatewayCall call, ModelTarget target) => null;

    public ReadOnlyMemory<byte> TranslateBody(GatewayCall call, ModelTarget target, ReadOnlyMemory<byte> body) => body;

    public ReadOnlyMemory<byte> TranslateError(int status, ReadOnlyMemory<byte> body) => ErrorTranslation.ToOpenAI(status, body);

    private static bool IsUndated(EngineOptions engine) => Undated.Equals(engine.ApiVersion, StringComparison.OrdinalIgnoreCase);

    private static string Version(EngineOptions engine) => Uri.EscapeDataString(engine.ApiVersion is { Length: > 0 } wanted ? wanted : DefaultVersion);
}
