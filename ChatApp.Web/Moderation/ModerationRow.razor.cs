using System.Net;
using ChatApp.Web.Admin;
using ChatApp.Web.Api;
using Microsoft.AspNetCore.Components;

namespace ChatApp.Web.Moderation;

/// <summary>A row of the queue.</summary>
public sealed partial class ModerationRow
{
    private readonly Attempt _attempt = new();
    private ModerationContext? _around;
    private bool _shown;
    private bool _banning;
    private bool _isLate;

    /// <summary>What it shows.</summary>
    [Parameter]
    [EditorRequired]
    public required ModerationItem Item { get; set; }

    /// <summary>It was decided, here or by somebody else.</summary>
    [Parameter]
    public EventCallback<Decision> OnDecided { get; set; }

    [Inject]
    internal ModerationApi Moderation { get; set; } = null!;

    private bool IsCovered => !_shown && (Item.Level == "high" || Item.Category == ModerationWords.Minors);

    private string Title => $"{ModerationWords.Title(Item.Category)}, {Item.Level}: {ModerationWords.Source(Item.Source)} {ModerationWords.Action(Item.Action)}, {Item.User?.Name ?? "an account that is gone"}";

    private string Name => Item.User?.Name ?? "They";

    private Task<bool> LookAroundAsync() => _attempt.RunAsync(async () => _around = await Moderation.GetAsync(Item.Id, CancellationToken.None));

    private Task ApproveAsync() => DecideAsync(
        () => Moderation.ApproveAsync(Item.Id, CancellationToken.None),
        Item.Action == "flag" ? "Approved: nothing was wrong with it." : "Approved: what was done is undone, and they may say it.");

    private Task UpholdAsync() => DecideAsync(() => Moderation.UpholdAsync(Item.Id, CancellationToken.None), "Upheld: it stays as it is.");

    private void AskToBan()
    {
        _attempt.Clear();
        _banning = true;
    }

    private Task BanAsync(ModeratorBan ban) => DecideAsync(
        () => Moderation.BanAsync(Item.Id, ban, CancellationToken.None), $"Upheld, and {Name} is kept out{(ban.Days is { } days ? $" for {days} {(days == 1 ? "day" : "days")}" : " for good")}.");

    private async Task DecideAsync(Func<Task> decide, string words)
    {
        if (await _attempt.RunAsync(decide))
        {
            await OnDecided.InvokeAsync(new Decision(Item, words));
        }
        else if (_attempt.Status == HttpStatusCode.Conflict)
        {
            // Another moderator was first; the Api's words, which are shown, say so.
            (_isLate, _banning) = (true, false);
        }
    }

    private Task LeaveAsync() => OnDecided.InvokeAsync(new Decision(Item, "Somebody else had decided it."));
}
