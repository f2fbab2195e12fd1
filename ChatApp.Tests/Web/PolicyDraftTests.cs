using System.Text.Json;
using ChatApp.Web.Admin;
using ChatApp.Web.Api;
using Xunit;

namespace ChatApp.Tests.Web;

public sealed class PolicyDraftTests
{
    private static readonly ModerationPolicy Site = JsonSerializer.Deserialize<ModerationPolicy>(
        """
        {"scope":"site","version":3,"updatedAt":"2026-01-01T00:00:00Z","updatedBy":null,
         "rules":{"sexual":{"low":"allow","medium":"flag","high":"block"},"hate":{"low":"allow","medium":"flag","high":"block"},"violence":{"low":"allow","medium":"allow","high":"flag"},
                  "selfHarm":{"low":"allow","medium":"allow","high":"flag"},"illegal":{"low":"allow","medium":"flag","high":"block"},"minors":{"low":"block","medium":"block","high":"block"}},
         "detectors":{"rules":true,"classifier":false,"outside":false},"whenUnavailable":"block","holdAnswers":true,"overridable":["violence"],"isRemoved":false}
        """,
        JsonSerializerOptions.Web)!;

    [Fact]
    public void Draft_OfAPolicy_IsThatPolicy()
    {
        var draft = PolicyDraft.Of(Site);

        Assert.Equal(3, draft.Version);
        Assert.Empty(draft.DifferencesFrom(PolicyDraft.Of(Site)));
        var change = draft.ToChange();
        Assert.Equal("flag", change.Rules["hate"]!["medium"]);
        Assert.Equal(("block", true, "violence"), (change.WhenUnavailable, change.HoldAnswers, Assert.Single(change.Overridable!)));
    }

    [Fact]
    public void Minors_WhateverIsSet_AreBlocked()
    {
        var draft = PolicyDraft.Of(Site);

        draft["minors", "low"] = "allow";

        Assert.Equal("block", draft.ToChange().Rules["minors"]!["low"]);
    }

    [Fact]
    public void Draft_OfARole_SaysOnlyWhatItHasAnOpinionAbout()
    {
        var draft = PolicyDraft.Empty("role:creator", 0);

        draft["violence", "high"] = "block";

        var change = draft.ToChange();
        Assert.Null(change.Rules["hate"]);
        Assert.Null(change.Rules["violence"]!["low"]);
        Assert.Equal("block", change.Rules["violence"]!["high"]);
        Assert.Null(change.Overridable);
    }

    [Fact]
    public void Differences_AreSaidInWords()
    {
        var draft = PolicyDraft.Of(Site);

        draft["selfHarm", "low"] = "flag";
        draft.Ask("classifier", true);
        draft.LetBeLooser("violence", false);
        draft.HoldAnswers = false;

        Assert.Equal(
            ["Self-harm, low: allow → flag", "Violence, looser elsewhere: may be → may not", "Classifier: off → on", "Answers wait for the slow detectors: yes → no"],
            draft.DifferencesFrom(PolicyDraft.Of(Site)));
        Assert.Equal(["Removed."], PolicyDraft.Differences(Site, Site with { IsRemoved = true }));
    }
}
