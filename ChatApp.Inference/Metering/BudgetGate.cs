using System.Globalization;
using ChatApp.Inference.Calls;
using ChatApp.Inference.Errors;

namespace ChatApp.Inference.Metering;

/// <summary>
/// Stops callers whose budget of the day (UTC) is used up, and charges those it lets in with what their calls took. Within one process a
/// budget is kept exactly, up to the calls under way, which are counted with what they are expected to take. Several gateways on one
/// database learn of each other's calls within <c>Gateway:Metering:FlushInterval</c>, so that together they may let through what each has
/// in that time. While the database is away each keeps to what it knows.
/// </summary>
internal sealed class BudgetGate(RequestDelegate next, BudgetBook book, BudgetAccounts accounts, BudgetReader reader, TimeProvider time)
{
    // Calls under way may take less than expected, and then there is something left.
    private const int RetrySeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        var call = GatewayCall.Of(context);
        var account = accounts.Of(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), call.Caller);
        var limit = book.Of(account.Caller);
        var expected = default(BudgetUse);
        if (limit.IsLimited)
        {
            await reader.RefreshAsync(account, context.RequestAborted);
            var charge = CallCharge.Expected(call);
            expected = new BudgetUse(charge.Tokens, charge.Cost);
            if (account.TryBegin(limit, expected, HasPrice(call)) is { } use)
            {
                call.IsOverBudget = true;
                await RefuseAsync(context, limit, use.Used, use.Expected, HasPrice(call));
                return;
            }
        }

        try
        {
            await next(context);
        }
        finally
        {
            call.Charge = CallCharge.Of(call, context.Response);
            account.End(expected, new BudgetUse(call.Charge.Tokens, call.Charge.Cost));
        }
    }

    private static bool HasPrice(GatewayCall call)
    {
        foreach (var target in call.Model.Targets)
        {
            if (target.Price is not null)
            {
                return true;
            }
        }

        return false;
    }

    private Task RefuseAsync(HttpContext context, BudgetLimit limit, BudgetUse used, BudgetUse expected, bool hasPrice)
    {
        var now = time.GetUtcNow();
        var resets = new DateTimeOffset(now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        var isUsedUp = limit.IsReachedBy(used, hasPrice);
        var isTokens = used.Tokens + expected.Tokens >= limit.TokensPerDay;
        var what = isTokens
            ? string.Create(CultureInfo.InvariantCulture, $"{used.Tokens} of {limit.TokensPerDay} tokens")
            : string.Create(CultureInfo.InvariantCulture, $"{used.Cost:0.######} of {limit.CostPerDay:0.######} in cost");
        var underWay = isTokens
            ? string.Create(CultureInfo.InvariantCulture, $"{expected.Tokens} tokens")
            : string.Create(CultureInfo.InvariantCulture, $"{expected.Cost:0.######}");
        var message = isUsedUp
            ? string.Create(CultureInfo.InvariantCulture, $"The caller's budget of the day is used up: {what}. It begins anew at {resets:yyyy-MM-ddTHH:mm:ssZ}. An administrator can raise it (PUT /admin/budgets/{{caller}}).")
            : string.Create(CultureInfo.InvariantCulture, $"The caller's budget of the day has nothing left beside the calls under way: {what} are used, and about {underWay} expected. Try again when they have ended. The budget begins anew at {resets:yyyy-MM-ddTHH:mm:ssZ}.");
        var wait = isUsedUp ? Math.Max(1, (long)Math.Ceiling((resets - now).TotalSeconds)) : RetrySeconds;
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        return GatewayErrors.WriteAsync(context, new GatewayError(StatusCodes.Status429TooManyRequests, "insufficient_quota", "budget_exceeded", message));
    }
}
