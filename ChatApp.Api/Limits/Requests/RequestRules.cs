using System.Globalization;
using System.Security.Claims;
using ChatApp.Api.Accounts;
using ChatApp.Api.Accounts.Access;
using ChatApp.Api.Accounts.Keys;
using ChatApp.Api.Limits.People;
using ChatApp.Api.Limits.Windows;
using Microsoft.Extensions.Options;

namespace ChatApp.Api.Limits.Requests;

/// <summary>Which rules a request is judged by: its person's, its key's and their role's, or without a person its address's.</summary>
internal sealed class RequestRules(PersonLimitBook people, IOptions<LimitOptions> options)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>The rules for who makes this request, each with its own subject.</summary>
    public List<LimitRule> Of(HttpContext context)
    {
        var rules = new List<LimitRule>(3);
        if (context.User.Identity is not { IsAuthenticated: true })
        {
            var address = context.Connection.RemoteIpAddress;
            var limit = CallerAddress.IsPrivate(address) ? options.Value.PrivateRequestsPerMinute : options.Value.AnonymousRequestsPerMinute;
            Add(rules, "address", CallerAddress.Subject(address), limit);
            return rules;
        }

        var (user, role) = (context.User.UserId, context.User.Role);
        Add(rules, "user", $"user:{user:N}", OfPerson(user, role));
        if (context.User.KeyId is { } key)
        {
            Add(rules, "key", $"key:{key:N}", KeyLimit(context.User));
        }

        Add(rules, "role", $"role:{role.Name}", options.Value.Of(role)?.TogetherRequestsPerMinute ?? 0);
        return rules;
    }

    /// <summary>Requests that a person may make in any minute; 0 for no limit.</summary>
    public int OfPerson(Guid user, UserRole role) =>
        people.Find(user)?.RequestsPerMinute ?? options.Value.Of(role)?.RequestsPerMinute ?? options.Value.RequestsPerMinute;

    private static int KeyLimit(ClaimsPrincipal principal) =>
        int.TryParse(principal.FindFirst(ApiKeyClaims.RequestsPerMinute)?.Value, CultureInfo.InvariantCulture, out var limit) ? limit : 0;

    private static void Add(List<LimitRule> rules, string name, string subject, int limit)
    {
        if (limit > 0)
        {
            rules.Add(new LimitRule(name, $"requests:{subject}", limit, Minute));
        }
    }
}
