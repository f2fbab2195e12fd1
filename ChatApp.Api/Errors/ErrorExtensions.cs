namespace ChatApp.Api.Errors;

internal static class ErrorExtensions
{
    public static void AddErrors(this IHostApplicationBuilder builder)
    {
        builder.Services.PostConfigure<ProblemDetailsOptions>(static options =>
        {
            var common = options.CustomizeProblemDetails;
            options.CustomizeProblemDetails = context =>
            {
                common?.Invoke(context);
                ProblemWording.Apply(context.ProblemDetails);
            };
        });
        builder.Services.AddExceptionHandler<ApiExceptionHandler>();
        // In every environment: a body that cannot be read is answered where all other exceptions are.
        builder.Services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
    }
}
