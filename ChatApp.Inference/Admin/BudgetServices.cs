using ChatApp.Inference.Metering;
using ChatApp.Inference.Storage;
using Microsoft.Extensions.Options;

namespace ChatApp.Inference.Admin;

/// <summary>What the endpoints of budgets need.</summary>
internal sealed record BudgetServices(
    BudgetBook Book,
    BudgetAccounts Accounts,
    BudgetReader Reader,
    BudgetStore Store,
    GatewayStorage Storage,
    IOptions<MeteringOptions> Options,
    TimeProvider Time);
