using ChatApp.Web.Api;

namespace ChatApp.Web.Moderation;

/// <summary>Decisions: all of them for moderators, their own for everybody. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class ModerationApi(ApiClient api)
{
    private const string Items = "api/moderation/items";
    private const string Mine = "api/me/moderation";

    /// <summary>A page of decisions: <c>open</c>, <c>appealed</c> or <c>closed</c> ones.</summary>
    public Task<Page<ModerationItem>> ListAsync(string status, string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add(Items, ("status", status), ("cursor", cursor)), ApiJson.Default.PageModerationItem, cancellationToken);

    /// <summary>One with what was said around it. That it was read is recorded.</summary>
    public Task<ModerationContext> GetAsync(Guid id, CancellationToken cancellationToken)
        => api.GetAsync($"{Items}/{id}", ApiJson.Default.ModerationContext, cancellationToken);

    /// <summary>It was right to say: what was done is undone.</summary>
    public Task ApproveAsync(Guid id, CancellationToken cancellationToken) => api.PostAsync($"{Items}/{id}/approve", cancellationToken);

    /// <summary>What was done was right.</summary>
    public Task UpholdAsync(Guid id, CancellationToken cancellationToken) => api.PostAsync($"{Items}/{id}/uphold", cancellationToken);

    /// <summary>It was, and the person is kept out.</summary>
    public Task BanAsync(Guid id, ModeratorBan ban, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Items}/{id}/ban", ban, ApiJson.Default.ModeratorBan, cancellationToken);

    /// <summary>A page of decisions about what the signed-in person said or was answered.</summary>
    public Task<Page<OwnModeration>> ListMineAsync(string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add(Mine, ("cursor", cursor)), ApiJson.Default.PageOwnModeration, cancellationToken);

    /// <summary>Asks a moderator to look at one again.</summary>
    public Task AppealAsync(Guid id, string text, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Mine}/{id}/appeal", new AppealRequest(text), ApiJson.Default.AppealRequest, cancellationToken);
}
