using ChatApp.Api.Moderation.Judging;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Moderation;

/// <summary>What people read where something was taken away.</summary>
internal sealed class ModerationNotices(IOptions<ModerationOptions> options)
{
    /// <summary>Where help is, for somebody who may need it.</summary>
    public string Help => options.Value.HelpNotice;

    /// <summary>Why a text is not there, and what to do.</summary>
    public string Blocked(ModerationSource source, Finding finding)
    {
        var what = source switch
        {
            ModerationSource.Message => "This message was not sent on",
            ModerationSource.Answer => "This answer was stopped",
            ModerationSource.Name => "This name cannot be used",
            ModerationSource.Memory => "This note was not kept",
            _ => "This document was not taken",
        };
        if (finding.IsUnavailable)
        {
            return $"{what}: it could not be checked at the moment. Try again in a little while.";
        }

        // Of no category is only the mark of a prompt.
        if (finding.Category is not { } category)
        {
            return $"{what}: it began to repeat what the character is told in confidence. Ask for another answer.";
        }

        var next = source switch
        {
            ModerationSource.Message => "Say it in other words, or appeal on your account's page.",
            ModerationSource.Answer => "Ask for another answer, or appeal on your account's page.",
            _ => "Choose other words.",
        };
        var sentence = $"{what}: {About(category)} is not allowed here. {next}";
        return category == ModerationCategory.SelfHarm ? $"{sentence} {Help}" : sentence;
    }

    private static string About(ModerationCategory category) => category switch
    {
        ModerationCategory.Sexual => "sexual content of this kind",
        ModerationCategory.Hate => "contempt for people because of who they are",
        ModerationCategory.Violence => "violence of this kind",
        ModerationCategory.SelfHarm => "encouragement to self-harm",
        ModerationCategory.Illegal => "help with crimes and weapons",
        _ => "sexual content with minors",
    };
}
