using System.Text.Json;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Metering;
using Npgsql;

namespace ChatApp.Inference.Admin;

/// <summary><c>/admin/budgets/{caller}</c>: what a caller may use on a day and what it has used; admins may store another limit.</summary>
internal static class BudgetEndpoints
{
    private const int MaximumName = 256;

    public static void MapBudgets(this IEndpointRouteBuilder admin)
    {
        // Names may have slashes.
        admin.MapGet("/budgets/{**caller}", GetAsync);
        admin.MapPut("/budgets/{**caller}", PutAsync);
        admin.MapDelete("/budgets/{**caller}", DeleteAsync);
    }

    private static async Task GetAsync(HttpContext context, BudgetServices services, string caller)
    {
        if (await NameAsync(context, caller) is { } name)
        {
            await WriteAsync(context, services, name);
        }
    }

    private static async Task PutAsync(HttpContext context, BudgetServices services, string caller)
    {
        if (await NameAsync(context, caller) is not { } name)
        {
            return;
        }

        if (await ReadAsync(context) is not { IsValid: true } limit)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest(
                "The body must be a JSON object with the numbers 'tokensPerDay' and 'costPerDay', 0 or more; without one of them there is no such limit."));
            return;
        }

        try
        {
            if (services.Storage.IsConfigured && !await services.Store.PutAsync(name, limit, context.RequestAborted))
            {
                await GatewayErrors.WriteAsync(context, MeteringErrors.TooManyBudgets);
                return;
            }
        }
        catch (NpgsqlException)
        {
            await GatewayErrors.WriteAsync(context, MeteringErrors.DatabaseAway);
            return;
        }

        if (!services.Book.TryPut(name, limit, BudgetStore.Maximum))
        {
            await GatewayErrors.WriteAsync(context, MeteringErrors.TooManyBudgets);
            return;
        }

        await WriteAsync(context, services, name);
    }

    private static async Task DeleteAsync(HttpContext context, BudgetServices services, string caller)
    {
        if (await NameAsync(context, caller) is not { } name)
        {
            return;
        }

        try
        {
            var isGone = services.Book.Remove(name);
            isGone |= services.Storage.IsConfigured && await services.Store.DeleteAsync(name, context.RequestAborted);
            if (!isGone)
            {
                await GatewayErrors.WriteAsync(context, MeteringErrors.NoSuchBudget);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (NpgsqlException)
        {
            await GatewayErrors.WriteAsync(context, MeteringErrors.DatabaseAway);
        }
    }

    private static async Task WriteAsync(HttpContext context, BudgetServices services, string name)
    {
        var now = services.Time.GetUtcNow();
        var account = services.Accounts.Of(DateOnly.FromDateTime(now.UtcDateTime), name);
        await services.Reader.RefreshAsync(account, context.RequestAborted);
        var (limit, source) = services.Book.Find(name);
        var used = account.Used;
        var state = new BudgetState(
            name,
            limit.TokensPerDay,
            limit.CostPerDay,
            used.Tokens,
            used.Cost,
            services.Options.Value.Currency,
            new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero),
            source switch
            {
                BudgetSource.Stored => "stored",
                BudgetSource.Configuration => "configuration",
                BudgetSource.Default => "default",
                _ => "none",
            });
        await context.Response.WriteAsJsonAsync(state, MeteringJson.Default.BudgetState, contentType: null, context.RequestAborted);
    }

    private static async Task<string?> NameAsync(HttpContext context, string? caller)
    {
        // The server decodes everything but the slash.
        var name = caller?.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (name is { Length: > 0 and <= MaximumName } && !name.Contains('\0', StringComparison.Ordinal))
        {
            return name;
        }

        await GatewayErrors.WriteAsync(context, GatewayError.BadRequest($"The caller's name must have 1 to {MaximumName} characters."));
        return null;
    }

    private static async Task<BudgetLimit?> ReadAsync(HttpContext context)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync(context.Request.Body, MeteringJson.Default.BudgetLimit, context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
