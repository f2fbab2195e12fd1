using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

public sealed class OpenTelemetryChatClient : DelegatingChatClient
{
    private const string DefaultSourceName = "Experimental.Microsoft.Extensions.AI";
    private const string CaptureContentVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    private readonly ActivitySource _source;
    private readonly GenAIMetrics _metrics;
    private readonly ChatClientMetadata? _metadata;
    private readonly ILogger? _logger;

    public OpenTelemetryChatClient(IChatClient innerClient, ILogger? logger = null, string? sourceName = null)
        : base(innerClient)
    {
        var name = string.IsNullOrEmpty(sourceName) ? DefaultSourceName : sourceName;
        _source = new ActivitySource(name);
        _metrics = new GenAIMetrics(name);
        _metadata = innerClient.GetService<ChatClientMetadata>();
        _logger = logger;
    }

    public bool EnableSensitiveData { get; set; } =
        string.Equals(Environment.GetEnvironmentVariable(CaptureContentVariable), "true", StringComparison.OrdinalIgnoreCase);

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var operation = new ChatOperation(_source, _metrics, _metadata, _logger, options, streaming: false);
        CaptureInput(operation.Activity, messages, options);
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            operation.Observe(response);
            CaptureOutput(operation.Activity, response);
            return response;
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var operation = new ChatOperation(_source, _metrics, _metadata, _logger, options, streaming: true);
        CaptureInput(operation.Activity, messages, options);

        // Answers are kept whole only where somebody asked for their content.
        List<ChatResponseUpdate>? captured = EnableSensitiveData && operation.Activity is not null ? [] : null;
        await using var updates = Start(messages, options, operation, cancellationToken);
        try
        {
            while (await MoveNextAsync(updates, operation).ConfigureAwait(false))
            {
                var update = updates.Current;
                operation.Observe(update);
                captured?.Add(update);
                yield return update;

                // The consumer's context flows back in here, and with it the consumer's span.
                if (operation.Activity is { } activity)
                {
                    Activity.Current = activity;
                }
            }
        }
        finally
        {
            CaptureOutput(operation.Activity, captured?.ToChatResponse());
        }
    }

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ActivitySource) ? _source : base.GetService(serviceType, serviceKey);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _source.Dispose();
            _metrics.Dispose();
        }

        base.Dispose(disposing);
    }

    private IAsyncEnumerator<ChatResponseUpdate> Start(
        IEnumerable<ChatMessage> messages, ChatOptions? options, ChatOperation operation, CancellationToken cancellationToken)
    {
        try
        {
            return base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }

    private static async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, ChatOperation operation)
    {
        try
        {
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            operation.Fail(exception);
            throw;
        }
    }

    private void CaptureInput(Activity? activity, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        if (EnableSensitiveData && activity is { IsAllDataRequested: true })
        {
            if (!string.IsNullOrWhiteSpace(options?.Instructions))
            {
                activity.SetTag("gen_ai.system_instructions", JsonSerializer.Serialize(new[] { new { type = "text", content = options.Instructions } }));
            }

            activity.SetTag("gen_ai.input.messages", Serialize(messages));
        }
    }

    private void CaptureOutput(Activity? activity, ChatResponse? response)
    {
        if (EnableSensitiveData && response is not null && activity is { IsAllDataRequested: true })
        {
            activity.SetTag("gen_ai.output.messages", Serialize(response.Messages));
        }
    }

    private static string Serialize(IEnumerable<ChatMessage> messages) => JsonSerializer.Serialize(
        messages.Select(message => new { role = message.Role.Value, parts = new[] { new { type = "text", content = message.Text } } }));
}
