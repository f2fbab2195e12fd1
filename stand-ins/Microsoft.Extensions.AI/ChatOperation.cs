using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.AI;

/// <summary>One model call being observed: its span, its clock and what its answer said of itself.</summary>
internal sealed partial class ChatOperation : IDisposable
{
    private readonly GenAIMetrics _metrics;
    private readonly ChatClientMetadata? _metadata;
    private readonly ILogger? _logger;
    private readonly string? _requestModel;
    private readonly long _started = Stopwatch.GetTimestamp();

    private TimeSpan _lastChunk;
    private TimeSpan? _firstChunk;
    private TagList _chunkTags;
    private string? _responseModel;
    private string? _responseId;
    private ChatFinishReason? _finishReason;
    private UsageDetails? _usage;

    public ChatOperation(ActivitySource source, GenAIMetrics metrics, ChatClientMetadata? metadata, ILogger? logger, ChatOptions? options, bool streaming)
    {
        _metrics = metrics;
        _metadata = metadata;
        _logger = logger;
        _requestModel = options?.ModelId ?? metadata?.DefaultModelId;
        Activity = source.StartActivity(string.IsNullOrWhiteSpace(_requestModel) ? "chat" : "chat " + _requestModel, ActivityKind.Client);
        if (Activity is { IsAllDataRequested: true } activity)
        {
            Describe(activity, options, streaming);
        }
    }

    public Activity? Activity { get; }

    public void Observe(ChatResponseUpdate update)
    {
        var elapsed = Stopwatch.GetElapsedTime(_started);
        if (_firstChunk is null)
        {
            _firstChunk = elapsed;
            _responseModel = update.ModelId;
            _chunkTags = MetricTags();
            _metrics.TimeToFirstChunk.Record(elapsed.TotalSeconds, _chunkTags);
        }
        else
        {
            _metrics.TimePerOutputChunk.Record((elapsed - _lastChunk).TotalSeconds, _chunkTags);
        }

        _lastChunk = elapsed;
        _responseModel ??= update.ModelId;
        _responseId ??= update.ResponseId;
        _finishReason ??= update.FinishReason;
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage)
            {
                _usage = usage.Details;
            }
        }
    }

    public void Observe(ChatResponse response)
    {
        _responseModel = response.ModelId;
        _responseId = response.ResponseId;
        _finishReason = response.FinishReason;
        _usage = response.Usage;
    }

    public void Fail(Exception exception)
    {
        Error = exception;
        Activity?.SetTag("error.type", exception.GetType().FullName);
        Activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
        if (_logger is not null)
        {
            LogFailed(_logger, exception);
        }
    }

    private Exception? Error { get; set; }

    public void Dispose()
    {
        var tags = MetricTags();
        RecordTokens("input", _usage?.InputTokenCount, tags);
        RecordTokens("output", _usage?.OutputTokenCount, tags);
        if (Error is not null)
        {
            tags.Add("error.type", Error.GetType().FullName);
        }

        _metrics.OperationDuration.Record(Stopwatch.GetElapsedTime(_started).TotalSeconds, tags);

        if (Activity is { } activity)
        {
            Tag(activity, "gen_ai.response.finish_reasons", _finishReason is { } reason ? $"[\"{reason.Value}\"]" : null);
            Tag(activity, "gen_ai.response.id", _responseId);
            Tag(activity, "gen_ai.response.model", _responseModel);
            Tag(activity, "gen_ai.response.time_to_first_chunk", _firstChunk?.TotalSeconds);
            Tag(activity, "gen_ai.usage.input_tokens", (int?)_usage?.InputTokenCount);
            Tag(activity, "gen_ai.usage.output_tokens", (int?)_usage?.OutputTokenCount);
            Tag(activity, "gen_ai.usage.cache_read.input_tokens", (int?)_usage?.CachedInputTokenCount);
            activity.Dispose();
        }
    }

    private static void Tag(Activity activity, string name, object? value)
    {
        if (value is not null)
        {
            activity.SetTag(name, value);
        }
    }

    private void Describe(Activity activity, ChatOptions? options, bool streaming)
    {
        activity.SetTag("gen_ai.operation.name", "chat");
        Tag(activity, "gen_ai.request.model", _requestModel);
        Tag(activity, "gen_ai.provider.name", _metadata?.ProviderName);
        Tag(activity, "gen_ai.request.stream", streaming ? true : null);
        Tag(activity, "server.address", _metadata?.ProviderUri?.Host);
        Tag(activity, "server.port", _metadata?.ProviderUri?.Port);
        Tag(activity, "gen_ai.conversation.id", options?.ConversationId);
        Tag(activity, "gen_ai.request.frequency_penalty", options?.FrequencyPenalty);
        Tag(activity, "gen_ai.request.max_tokens", options?.MaxOutputTokens);
        Tag(activity, "gen_ai.request.presence_penalty", options?.PresencePenalty);
        Tag(activity, "gen_ai.request.seed", options?.Seed);
        Tag(activity, "gen_ai.request.temperature", options?.Temperature);
        Tag(activity, "gen_ai.request.top_k", options?.TopK);
        Tag(activity, "gen_ai.request.top_p", options?.TopP);
        if (options?.StopSequences is { Count: > 0 } stops)
        {
            activity.SetTag("gen_ai.request.stop_sequences", "[" + string.Join(", ", stops.Select(stop => $"\"{stop}\"")) + "]");
        }
    }

    private TagList MetricTags()
    {
        var tags = new TagList { { "gen_ai.operation.name", "chat" } };
        if (_requestModel is not null)
        {
            tags.Add("gen_ai.request.model", _requestModel);
        }

        tags.Add("gen_ai.provider.name", _metadata?.ProviderName);
        if (_metadata?.ProviderUri is { } address)
        {
            tags.Add("server.address", address.Host);
            tags.Add("server.port", address.Port);
        }

        if (_responseModel is not null)
        {
            tags.Add("gen_ai.response.model", _responseModel);
        }

        return tags;
    }

    private void RecordTokens(string type, long? count, TagList tags)
    {
        if (count is { } tokens)
        {
            tags.Add("gen_ai.token.type", type);
            _metrics.TokenUsage.Record((int)tokens, tags);
        }
    }

    [LoggerMessage(LogLevel.Error, "The model call failed.")]
    private static partial void LogFailed(ILogger logger, Exception exception);
}
