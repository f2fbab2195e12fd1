using ChatApp.Api.Accounts.Access;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;

namespace ChatApp.Api.OpenApi;

internal static class OpenApiExtensions
{
    private const string Bearer = "Bearer";

    public static void AddApiDescription(this IHostApplicationBuilder builder) => builder.Services.AddOpenApi(static options =>
    {
        options.AddDocumentTransformer(static (document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "ChatApp API",
                Version = "v1",
                Description = "Accounts, characters, conversations and turns. Errors are RFC 9457 problems with a traceId. "
                    + "Sign up or in, and send the access token as Authorization: Bearer.",
            };
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes[Bearer] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "The accessToken of signing up or in, or an API key.",
            };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer(static (operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAuthorizeData>().Any())
            {
                var scope = ApiScopes.Needed(new EndpointMetadataCollection(context.Description.ActionDescriptor.EndpointMetadata), context.Description.HttpMethod ?? "");
                var keys = scope is null ? "Takes no API key." : $"API keys need the scope `{scope.Value.Name}`.";
                operation.Description = operation.Description is { Length: > 0 } text ? $"{text}\n\n{keys}" : keys;
                operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
            }

            return Task.CompletedTask;
        });
    });

    /// <summary>The description at <c>/openapi/v1.json</c>, and a page to read and try it at <c>/docs</c>.</summary>
    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.UseSwaggerUI(static page =>
        {
            page.RoutePrefix = "docs";
            page.DocumentTitle = "ChatApp API";
            page.SwaggerEndpoint("/openapi/v1.json", "ChatApp API v1");
        });
    }
}
