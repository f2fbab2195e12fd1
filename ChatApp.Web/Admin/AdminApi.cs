using ChatApp.Web.Api;

namespace ChatApp.Web.Admin;

/// <summary>Engines, models, pulls, usage and budgets, as the Api gives them to administrators. Throws as <see cref="ApiClient"/> does.</summary>
internal sealed class AdminApi(ApiClient api)
{
    private const string Root = "api/admin/";

    /// <summary>The engines, with their condition and load.</summary>
    public async Task<List<Engine>> ListEnginesAsync(CancellationToken cancellationToken)
        => (await api.GetAsync($"{Root}engines", ApiJson.Default.ItemListEngine, cancellationToken)).Items;

    /// <summary>Adds or changes an engine.</summary>
    public Task PutEngineAsync(string name, EngineChange change, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Root}engines/{Of(name)}", change, ApiJson.Default.EngineChange, ApiJson.Default.Engine, cancellationToken);

    /// <summary>Removes an engine that administrators added.</summary>
    public Task DeleteEngineAsync(string name, CancellationToken cancellationToken)
        => api.DeleteAsync($"{Root}engines/{Of(name)}", cancellationToken);

    /// <summary>The models on an engine's disk.</summary>
    public async Task<List<LocalModel>> ListLocalModelsAsync(string engine, CancellationToken cancellationToken)
        => (await api.GetAsync($"{Root}engines/{Of(engine)}/local-models", ApiJson.Default.ItemListLocalModel, cancellationToken)).Items;

    /// <summary>Deletes one of them.</summary>
    public Task DeleteLocalModelAsync(string engine, string model, CancellationToken cancellationToken)
        => api.DeleteAsync($"{Root}engines/{Of(engine)}/local-model?name={Of(model)}", cancellationToken);

    /// <summary>Has an engine pull a model.</summary>
    public Task<Pull> StartPullAsync(string engine, string model, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Post, $"{Root}engines/{Of(engine)}/pulls", new PullRequest(model), ApiJson.Default.PullRequest, ApiJson.Default.Pull, cancellationToken);

    /// <summary>The newest pulls.</summary>
    public async Task<List<Pull>> ListPullsAsync(CancellationToken cancellationToken)
        => (await api.GetAsync($"{Root}pulls", ApiJson.Default.ItemListPull, cancellationToken)).Items;

    /// <summary>Stops a pull.</summary>
    public Task CancelPullAsync(string id, CancellationToken cancellationToken)
        => api.DeleteAsync($"{Root}pulls/{Of(id)}", cancellationToken);

    /// <summary>The models with their chains.</summary>
    public async Task<List<Model>> ListModelsAsync(CancellationToken cancellationToken)
        => (await api.GetAsync($"{Root}models", ApiJson.Default.ItemListModel, cancellationToken)).Items;

    /// <summary>Adds or replaces a model.</summary>
    public Task PutModelAsync(string name, ModelChange change, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Root}model?name={Of(name)}", change, ApiJson.Default.ModelChange, ApiJson.Default.Model, cancellationToken);

    /// <summary>Removes a model that administrators added or changed.</summary>
    public Task DeleteModelAsync(string name, CancellationToken cancellationToken)
        => api.DeleteAsync($"{Root}model?name={Of(name)}", cancellationToken);

    /// <summary>What was used in the last days, by <c>model</c> or <c>caller</c>.</summary>
    public async Task<List<UsageRow>> ListUsageAsync(DateOnly from, DateOnly to, string by, CancellationToken cancellationToken)
        => (await api.GetAsync(FormattableString.Invariant($"{Root}usage?from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&by={by}"), ApiJson.Default.ItemListUsageRow, cancellationToken)).Items;

    /// <summary>What a caller may use, and has used.</summary>
    public Task<Budget> GetBudgetAsync(string caller, CancellationToken cancellationToken)
        => api.GetAsync($"{Root}budgets/{Of(caller)}", ApiJson.Default.Budget, cancellationToken);

    /// <summary>Gives a caller a budget of its own.</summary>
    public Task<Budget> PutBudgetAsync(string caller, BudgetChange change, CancellationToken cancellationToken)
        => api.SendAsync(HttpMethod.Put, $"{Root}budgets/{Of(caller)}", change, ApiJson.Default.BudgetChange, ApiJson.Default.Budget, cancellationToken);

    /// <summary>Takes it away.</summary>
    public Task DeleteBudgetAsync(string caller, CancellationToken cancellationToken)
        => api.DeleteAsync($"{Root}budgets/{Of(caller)}", cancellationToken);

    private static string Of(string name) => Uri.EscapeDataString(name);
}
