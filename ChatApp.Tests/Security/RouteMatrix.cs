namespace ChatApp.Tests.Security;

/// <summary>
/// Who may call which route. Every route has a row here: one that is added without a row fails <see cref="RouteMatrixTests"/>, so that
/// nobody forgets to say who it is for.
/// </summary>
internal static class RouteMatrix
{
    private const string Nobody = "00000000-0000-7000-8000-000000000000";

    public static SortedDictionary<string, RouteRow> Rows { get; } = new(StringComparer.Ordinal)
    {
        ["GET /alive"] = new(RouteAccess.Anybody),
        ["GET /health"] = new(RouteAccess.Anybody),
        ["GET /openapi/{documentName}.json"] = new(RouteAccess.Anybody) { Ids = Of(("documentName", "=v1")) },
        ["GET /api/site"] = new(RouteAccess.Anybody),
        ["GET /api/characters"] = new(RouteAccess.Anybody),
        ["GET /api/characters/{id}"] = new(RouteAccess.Anybody) { Ids = Of(("id", "character")) },

        ["POST /api/auth/sign-up"] = new(RouteAccess.Anybody, """{"name":"Ada","email":"no address","password":"correct horse battery"}"""),
        ["POST /api/auth/sign-in"] = new(RouteAccess.Anybody, """{"email":"nobody@example.org","password":"correct horse battery"}"""),
        ["GET /api/me"] = new(RouteAccess.Person),

        ["GET /.well-known/jwks.json"] = new(RouteAccess.Anybody),
        ["GET /api/auth/providers"] = new(RouteAccess.Anybody),
        ["POST /api/auth/second-factor"] = new(RouteAccess.Anybody, """{"ticket":"none","code":"123456"}"""),
        ["POST /api/auth/refresh"] = new(RouteAccess.Anybody, """{"refreshToken":"none"}"""),
        ["POST /api/auth/forgot-password"] = new(RouteAccess.Anybody, """{"email":"nobody@example.org"}"""),
        ["POST /api/auth/reset-password"] = new(RouteAccess.Anybody, """{"token":"none","password":"correct horse battery"}"""),
        ["POST /api/auth/confirm-email"] = new(RouteAccess.Anybody, """{"token":"none"}"""),
        ["POST /api/auth/resend-confirmation"] = new(RouteAccess.Anybody, """{"email":"nobody@example.org"}"""),
        ["POST /api/auth/external/{provider}"] = new(RouteAccess.Anybody, """{"redirectUri":"https://chat.example/sign-in/external/none/callback"}""") { Ids = Of(("provider", "=none")) },
        ["POST /api/auth/external/{provider}/callback"] = new(RouteAccess.Anybody, """{"state":"none","code":"none","redirectUri":"https://chat.example/sign-in/external/none/callback"}""") { Ids = Of(("provider", "=none")) },
        ["POST /api/auth/sign-out"] = Session(),

        ["PATCH /api/me"] = Session("""{"name":"Ada"}"""),
        ["POST /api/me/password"] = Session("""{"currentPassword":"not the password","newPassword":"a newer horse battery"}"""),
        ["POST /api/me/email"] = Session("""{"email":"ada@example.org","password":"not the password"}"""),
        ["POST /api/me/second-factor"] = Session("""{"password":"not the password"}"""),
        ["POST /api/me/second-factor/confirm"] = Session("""{"code":"123456"}"""),
        ["POST /api/me/second-factor/recovery-codes"] = Session("""{"password":"not the password"}"""),
        ["DELETE /api/me/second-factor"] = Session("""{"password":"not the password"}"""),
        ["GET /api/me/external-logins"] = Session(),
        ["POST /api/me/external-logins/{provider}"] = Session("""{"redirectUri":"https://chat.example/account/external/none/callback"}""") with { Ids = Of(("provider", "=none")) },
        ["POST /api/me/external-logins/{provider}/callback"] = Session("""{"state":"none","code":"none","redirectUri":"https://chat.example/account/external/none/callback"}""") with { Ids = Of(("provider", "=none")) },
        ["DELETE /api/me/external-logins/{provider}"] = Session() with { Ids = Of(("provider", "=none")) },
        ["GET /api/me/sessions"] = Session(),
        ["DELETE /api/me/sessions"] = Session(),
        ["DELETE /api/me/sessions/{id}"] = Session() with { IsOwned = true, Ids = Of(("id", "session")) },
        ["GET /api/me/api-keys"] = Session(),
        ["POST /api/me/api-keys"] = Session("""{"name":"A key","scopes":["read"]}"""),
        ["POST /api/me/api-keys/{id}/rotate"] = Session("""{"overlapMinutes":5}""") with { IsOwned = true, Ids = Of(("id", "key")) },
        ["DELETE /api/me/api-keys/{id}"] = Session() with { IsOwned = true, Ids = Of(("id", "key")) },
        ["GET /api/me/limits"] = new(RouteAccess.Person),
        ["GET /api/me/export"] = Session(),
        ["POST /api/me/deletion"] = Session("""{"password":"not the password"}"""),
        ["GET /api/me/tone"] = Session(),
        ["PUT /api/me/tone"] = Session("""{"enabled":true}"""),
        ["GET /api/me/moderation"] = Session(),
        ["POST /api/me/moderation/{id}/appeal"] = Session("""{"text":"It was a quotation."}""") with { IsOwned = true, Ids = Of(("id", "item")) },

        ["GET /api/moderation/items"] = new(RouteAccess.Moderator),
        ["GET /api/moderation/items/{id}"] = new(RouteAccess.Moderator) { Ids = Of(("id", "item")) },
        ["POST /api/moderation/items/{id}/approve"] = new(RouteAccess.Moderator) { Ids = Of(("id", "item")) },
        ["POST /api/moderation/items/{id}/uphold"] = new(RouteAccess.Moderator) { Ids = Of(("id", "item")) },
        ["POST /api/moderation/items/{id}/ban"] = new(RouteAccess.Moderator, """{"days":1,"reason":"For a reason."}""") { Ids = Of(("id", "item")) },
        ["GET /api/admin/moderation/policies"] = new(RouteAccess.Admin),
        ["GET /api/admin/moderation/policies/{scope}"] = new(RouteAccess.Admin) { Ids = Of(("scope", "=site")) },
        ["GET /api/admin/moderation/policies/{scope}/versions"] = new(RouteAccess.Admin) { Ids = Of(("scope", "=site")) },
        ["PUT /api/admin/moderation/policies/{scope}"] = new(RouteAccess.Admin, """{"rules":{}}""") { Ids = Of(("scope", "=site")) },
        ["DELETE /api/admin/moderation/policies/{scope}"] = new(RouteAccess.Admin) { Ids = Of(("scope", "=role:user")) },

        ["GET /api/admin/people"] = new(RouteAccess.Moderator),
        ["GET /api/admin/people/{id}"] = new(RouteAccess.Moderator) { Ids = Of(("id", "person")) },
        ["PUT /api/admin/people/{id}/role"] = new(RouteAccess.Admin, """{"role":"moderator"}""") { Ids = Of(("id", "person")) },
        ["PUT /api/admin/people/{id}/ban"] = new(RouteAccess.Moderator, """{"reason":"For a reason."}""") { Ids = Of(("id", "person")) },
        ["DELETE /api/admin/people/{id}/ban"] = new(RouteAccess.Moderator) { Ids = Of(("id", "person")) },
        ["POST /api/admin/people/{id}/sign-out"] = new(RouteAccess.Admin) { Ids = Of(("id", "person")) },
        ["DELETE /api/admin/people/{id}/second-factor"] = new(RouteAccess.Admin) { Ids = Of(("id", "person")) },
        ["GET /api/admin/people/{id}/conversations"] = new(RouteAccess.Admin) { Ids = Of(("id", "person")), Query = "?reason=out%20of%20curiosity" },
        ["GET /api/admin/conversations/{id}/messages"] = new(RouteAccess.Admin) { Ids = Of(("id", "conversation")), Query = "?reason=out%20of%20curiosity" },
        ["GET /api/admin/people/{id}/limits"] = new(RouteAccess.Admin) { Ids = Of(("id", "person")) },
        ["PUT /api/admin/people/{id}/limits"] = new(RouteAccess.Admin, """{"requestsPerMinute":1,"tokensPerDay":1}""") { Ids = Of(("id", "person")) },
        ["DELETE /api/admin/people/{id}/limits"] = new(RouteAccess.Admin) { Ids = Of(("id", "person")) },
        ["GET /api/admin/audit"] = new(RouteAccess.Admin),
        ["GET /api/admin/audit/verification"] = new(RouteAccess.Admin),
        ["POST /api/admin/audit/verification"] = new(RouteAccess.Admin),

        ["GET /api/conversations"] = new(RouteAccess.Person),
        ["POST /api/conversations"] = new(RouteAccess.Person, $$"""{"characterId":"{{Nobody}}"}"""),
        ["GET /api/conversations/{id}"] = Owned("conversation"),
        ["PATCH /api/conversations/{id}"] = Owned("conversation", """{"title":"Mine"}"""),
        ["DELETE /api/conversations/{id}"] = Owned("conversation"),
        ["GET /api/conversations/{id}/messages"] = Owned("conversation"),
        ["PUT /api/conversations/{id}/current-message"] = Owned("conversation", $$"""{"messageId":"{{Nobody}}"}"""),
        ["POST /api/conversations/{id}/branches"] = Owned("conversation", $$"""{"messageId":"{{Nobody}}"}"""),
        ["POST /api/conversations/{id}/turns"] = Owned("conversation", """{"text":"Let me in."}"""),
        ["POST /api/conversations/{id}/messages/{messageId}/regenerate"] = Owned("conversation") with { Ids = Of(("id", "conversation"), ("messageId", "answer")) },
        ["POST /api/conversations/{id}/messages/{messageId}/continue"] = Owned("conversation") with { Ids = Of(("id", "conversation"), ("messageId", "answer")) },
        ["GET /api/conversations/{id}/documents"] = Owned("conversation"),
        ["POST /api/conversations/{id}/documents"] = Owned("conversation", "file"),

        ["GET /api/turns/{id}"] = Owned("turn"),
        ["POST /api/turns/{id}/cancel"] = Owned("turn"),
        ["GET /api/turns/{id}/events"] = Owned("turn"),
        ["GET /api/turns/{id}/recall"] = Owned("turn"),
        ["GET /api/turns/{id}/prompt"] = Owned("turn"),
        ["GET /api/ws"] = new(RouteAccess.Person),

        ["GET /api/documents/{id}"] = Owned("document"),
        ["DELETE /api/documents/{id}"] = Owned("document"),
        ["GET /api/documents/{id}/content"] = Owned("document"),
        ["GET /api/documents/{id}/chunks"] = Owned("document"),
        ["GET /api/documents/{id}/chunks/{chunkId}"] = Owned("document") with { Ids = Of(("id", "document"), ("chunkId", "=" + Nobody)) },
        ["GET /api/characters/{id}/documents"] = new(RouteAccess.Person) { Ids = Of(("id", "character")) },
        ["POST /api/characters/{id}/documents"] = new(RouteAccess.Creator, "file") { Ids = Of(("id", "character")) },

        ["GET /api/characters/{id}/memory"] = new(RouteAccess.Person) { Ids = Of(("id", "character")) },
        ["PUT /api/characters/{id}/memory"] = new(RouteAccess.Person, """{"remembers":true,"staysInside":false}""") { Ids = Of(("id", "character")) },
        ["GET /api/characters/{id}/memories"] = new(RouteAccess.Person) { Ids = Of(("id", "character")) },
        ["POST /api/characters/{id}/memories"] = new(RouteAccess.Person, """{"text":"I like tea."}""") { Ids = Of(("id", "character")) },
        ["GET /api/characters/{id}/memories/export"] = new(RouteAccess.Person) { Ids = Of(("id", "character")) },
        ["DELETE /api/characters/{id}/memories"] = new(RouteAccess.Person) { Ids = Of(("id", "character")) },
        ["PATCH /api/characters/{id}/memories/{memoryId}"] = Owned("memory", """{"text":"I like geese."}""") with { Ids = Of(("id", "character"), ("memoryId", "memory")) },
        ["DELETE /api/characters/{id}/memories/{memoryId}"] = Owned("memory") with { Ids = Of(("id", "character"), ("memoryId", "memory")) },

        ["GET /api/admin/engines"] = new(RouteAccess.Admin),
        ["PUT /api/admin/engines/{name}"] = new(RouteAccess.Admin, """{"kind":"Ollama","address":"http://engine.example"}""") { Ids = Of(("name", "=a")) },
        ["DELETE /api/admin/engines/{name}"] = new(RouteAccess.Admin) { Ids = Of(("name", "=a")) },
        ["GET /api/admin/engines/{name}/local-models"] = new(RouteAccess.Admin) { Ids = Of(("name", "=a")) },
        ["GET /api/admin/engines/{engine}/local-model"] = new(RouteAccess.Admin) { Ids = Of(("engine", "=a")), Query = "?name=m" },
        ["DELETE /api/admin/engines/{engine}/local-model"] = new(RouteAccess.Admin) { Ids = Of(("engine", "=a")), Query = "?name=m" },
        ["POST /api/admin/engines/{name}/pulls"] = new(RouteAccess.Admin, """{"model":"m"}""") { Ids = Of(("name", "=a")) },
        ["GET /api/admin/pulls"] = new(RouteAccess.Admin),
        ["GET /api/admin/pulls/{id}"] = new(RouteAccess.Admin) { Ids = Of(("id", "=p")) },
        ["GET /api/admin/pulls/{id}/events"] = new(RouteAccess.Admin) { Ids = Of(("id", "=p")) },
        ["DELETE /api/admin/pulls/{id}"] = new(RouteAccess.Admin) { Ids = Of(("id", "=p")) },
        ["GET /api/admin/models"] = new(RouteAccess.Admin),
        ["PUT /api/admin/model"] = new(RouteAccess.Admin, """{"targets":[{"engine":"a"}]}""") { Query = "?name=m" },
        ["DELETE /api/admin/model"] = new(RouteAccess.Admin) { Query = "?name=m" },
        ["GET /api/admin/usage"] = new(RouteAccess.Admin),
        ["GET /api/admin/budgets/{caller}"] = new(RouteAccess.Admin) { Ids = Of(("caller", "person")) },
        ["PUT /api/admin/budgets/{caller}"] = new(RouteAccess.Admin, """{"tokensPerDay":1}""") { Ids = Of(("caller", "person")) },
        ["DELETE /api/admin/budgets/{caller}"] = new(RouteAccess.Admin) { Ids = Of(("caller", "person")) },
        ["GET /api/admin/memory-index"] = new(RouteAccess.Admin),
        ["POST /api/admin/memory-index/rebuild"] = new(RouteAccess.Admin),
    };

    /// <summary>For somebody who signed in themselves.</summary>
    private static RouteRow Session(string? body = null) => new(RouteAccess.Person, body) { TakesKeys = false };

    private static RouteRow Owned(string kind, string? body = null) => new(RouteAccess.Person, body) { IsOwned = true, Ids = Of(("id", kind)) };

    private static Dictionary<string, string> Of(params (string Parameter, string Kind)[] ids) =>
        ids.ToDictionary(static id => id.Parameter, static id => id.Kind, StringComparer.Ordinal);
}
