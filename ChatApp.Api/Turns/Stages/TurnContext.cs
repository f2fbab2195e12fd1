using ChatApp.Api.Models;
using ChatApp.Api.Moderation.Answers;
using ChatApp.Api.Prompting;
using ChatApp.Api.Turns.Running;
using Microsoft.Extensions.AI;

namespace ChatApp.Api.Turns.Stages;

/// <summary>What the stages of one attempt hand to each other.</summary>
internal sealed class TurnContext(ClaimedTurn turn, AnswerWriter answer, long begunAt)
{
    public ClaimedTurn Turn { get; } = turn;

    public AnswerWriter Answer { get; } = answer;

    /// <summary>When the attempt began: a timestamp of its clock.</summary>
    public long BegunAt { get; } = begunAt;

    /// <summary>What the turn's texts are judged by. Set by moderating.</summary>
    public TurnModeration? Moderation { get; set; }

    /// <summary>What stands of the prompt before anything is recalled. Set by recalling.</summary>
    public PromptPlan? Plan { get; set; }

    /// <summary>What was recalled. Set by recalling.</summary>
    public TurnRecall Recall { get; set; } = TurnRecall.None;

    /// <summary>Which model answers, and what it can take. Set by assembling.</summary>
    public ModelProfile Model { get; set; } = ModelProfile.None;

    /// <summary>What the model reads, in order. Set by assembling.</summary>
    public IReadOnlyList<ChatMessage> Prompt { get; set; } = [];

    /// <summary>How the model writes. Set by assembling.</summary>
    public ChatOptions Options { get; set; } = new();

    /// <summary>About how many tokens of the answer earlier attempts wrote. Set by resuming.</summary>
    public int EarlierTokens { get; set; }

    /// <summary>Why the model stopped. Set by inferring.</summary>
    public string? FinishReason { get; set; }

    /// <summary>Whether the engine has said anything in this attempt. Set by inferring.</summary>
    public bool EngineHasAnswered { get; set; }

    /// <summary>Whether the turn has ended, so that nothing stops it any more. Set by persisting.</summary>
    public bool HasEnded { get; set; }

    /// <summary>What the answer took. Set by inferring, as far as it got.</summary>
    public TurnUsage? Usage { get; set; }
}
