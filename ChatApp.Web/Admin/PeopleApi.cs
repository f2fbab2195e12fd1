using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>The accounts, as the Api gives them to administrators. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class PeopleApi(ApiClient api)
{
    private const string Root = "api/admin/people";

    /// <summary>A page of accounts.</summary>
    public Task<Page<PersonAccount>> ListAsync(PeopleQuery query, string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add(Root, [.. query.Parameters, ("cursor", cursor)]), ApiJson.Default.PagePersonAccount, cancellationToken);

    /// <summary>One account; a 404 problem if there is none.</summary>
    public Task<PersonAccount> GetAsync(Guid id, CancellationToken cancellationToken)
        => api.GetAsync($"{Root}/{id}", ApiJson.Default.PersonAccount, cancellationToken);

    /// <summary>Gives somebody another role.</summary>
    public Task SetRoleAsync(Guid id, string role, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Root}/{id}/role", new RoleChange(role), ApiJson.Default.RoleChange, cancellationToken);

    /// <summary>Keeps somebody out.</summary>
    public Task BanAsync(Guid id, BanChange ban, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Root}/{id}/ban", ban, ApiJson.Default.BanChange, cancellationToken);

    /// <summary>Lets them in again.</summary>
    public Task UnbanAsync(Guid id, CancellationToken cancellationToken) => api.DeleteAsync($"{Root}/{id}/ban", cancellationToken);

    /// <summary>Ends all sessions of somebody.</summary>
    public Task SignOutAsync(Guid id, CancellationToken cancellationToken) => api.PostAsync($"{Root}/{id}/sign-out", cancellationToken);

    /// <summary>Takes the second factor from somebody who lost it.</summary>
    public Task RemoveSecondFactorAsync(Guid id, CancellationToken cancellationToken) => api.DeleteAsync($"{Root}/{id}/second-factor", cancellationToken);

    /// <summary>The limits that somebody has of their own.</summary>
    public Task<PersonLimits> GetLimitsAsync(Guid id, CancellationToken cancellationToken)
        => api.GetAsync($"{Root}/{id}/limits", ApiJson.Default.PersonLimits, cancellationToken);

    /// <summary>Gives somebody limits of their own.</summary>
    public Task SetLimitsAsync(Guid id, LimitsChange limits, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Root}/{id}/limits", limits, ApiJson.Default.LimitsChange, cancellationToken);

    /// <summary>Takes these away.</summary>
    public Task RemoveLimitsAsync(Guid id, CancellationToken cancellationToken) => api.DeleteAsync($"{Root}/{id}/limits", cancellationToken);

    /// <summary>A page of somebody's conversations. The reason is recorded before anything is read.</summary>
    public Task<Page<Conversation>> ListConversationsAsync(Guid id, string reason, string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add($"{Root}/{id}/conversations", ("reason", reason), ("cursor", cursor)), ApiJson.Default.PageConversation, cancellationToken);

    /// <summary>A page of the messages of one, oldest first. The reason is recorded too.</summary>
    public Task<MessagePage> ListMessagesAsync(Guid conversation, string reason, string? cursor, CancellationToken cancellationToken)
        => api.GetAsync(Queries.Add($"api/admin/conversations/{conversation}/messages", ("reason", reason), ("cursor", cursor)), ApiJson.Default.MessagePage, cancellationToken);
}
