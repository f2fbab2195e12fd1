using ChatApp.Inference.Calls;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Models;

namespace ChatApp.Inference.Routing.Auto;

/// <summary>Puts the small or the large model in the place of a virtual one, by how hard the question is; any other call passes at once.</summary>
internal sealed class AutoRouting(RequestDelegate next, ModelDirectory models, LargeConversations conversations)
{
    public Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        if (call.Model.Auto is not { } auto)
        {
            return next(context);
        }

        var snapshot = models.Current;
        if (snapshot.Find(auto.Small) is not { Auto: null } small || snapshot.Find(auto.Large) is not { Auto: null } large)
        {
            // It was changed in between.
            return GatewayErrors.WriteAsync(context, GatewayError.UnknownModel(call.RequestedModel));
        }

        var complexity = call.Kind is CallKind.Embedding ? default : ComplexityReading.Measure(call.Body.PromptBytes, call.Body.HasTools);
        call.Complexity = complexity.Newest;
        var isLarge = complexity.Highest >= auto.Threshold;
        if (call.Conversation is { } conversation && call.Kind is not CallKind.Embedding)
        {
            // Where the caller shortens what it sends, the hard question may not be in it any more.
            isLarge = isLarge || conversations.Contains(call.RequestedModel, call.Caller, conversation);
            if (isLarge)
            {
                conversations.Add(call.RequestedModel, call.Caller, conversation);
            }
        }

        call.Model = isLarge || (!CanAnswer(small, call, complexity) && CanAnswer(large, call, complexity)) ? large : small;
        return next(context);
    }

    private static bool CanAnswer(ModelRoute model, GatewayCall call, Complexity complexity)
    {
        var needed = call.Kind switch
        {
            CallKind.Embedding => ModelCapabilities.Embedding,
            CallKind.Completion => ModelCapabilities.Completion,
            _ => ModelCapabilities.Chat,
        };
        needed |= call.Body.HasTools ? ModelCapabilities.Tools : ModelCapabilities.None;
        needed |= complexity.HasImages ? ModelCapabilities.Images : ModelCapabilities.None;
        foreach (var target in model.Targets)
        {
            if ((target.Capabilities & needed) == needed
                && (target.ContextTokens is not { } context || call.EstimatedInputTokens + (call.Body.MaxTokens ?? 0) <= context))
            {
                return true;
            }
        }

        return false;
    }
}
