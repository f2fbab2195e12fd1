using ChatApp.Inference.Caching;
using ChatApp.Inference.Errors;
using ChatApp.Inference.Metering;
using ChatApp.Inference.Storage;
using Npgsql;

namespace ChatApp.Inference.Admin;

/// <summary>
/// <c>DELETE /admin/callers/{caller}</c>: forgets a caller. Its budget and its kept answers go, and its usage loses its name. What other
/// gateway processes have not written of it yet keeps the name, so whoever asks asks again a little later; where their placements were is
/// kept by hashes alone, for half an hour after the last call.
/// </summary>
internal static class CallerEndpoints
{
    // Names may have slashes.
    public static void MapCallers(this IEndpointRouteBuilder admin) => admin.MapDelete("/callers/{**caller}", DeleteAsync);

    private static async Task DeleteAsync(
        HttpContext context,
        GatewayStorage storage,
        UsageWriter writer,
        UsageStore usage,
        UsageLedger ledger,
        BudgetBook book,
        BudgetStore budgets,
        AnswerCache cache,
        string caller)
    {
        var name = caller.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
        if (name is "" or UsageLedger.DeletedCallers or UsageLedger.OtherCallers || CallerName.Of(name) != name)
        {
            await GatewayErrors.WriteAsync(context, GatewayError.BadRequest("This is not the name of one caller."));
            return;
        }

        cache.Forget(name);
        book.Remove(name);
        try
        {
            if (!storage.IsConfigured)
            {
                ledger.Forget(name);
            }
            else if (await writer.WriteAsync(context.RequestAborted))
            {
                await usage.ForgetAsync(name, context.RequestAborted);
                await budgets.DeleteAsync(name, context.RequestAborted);
            }
            else
            {
                await GatewayErrors.WriteAsync(context, MeteringErrors.DatabaseAway);
                return;
            }

            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
        catch (NpgsqlException)
        {
            await GatewayErrors.WriteAsync(context, MeteringErrors.DatabaseAway);
        }
    }
}
