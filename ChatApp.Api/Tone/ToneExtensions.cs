namespace ChatApp.Api.Tone;

internal static class ToneExtensions
{
    /// <summary>What tells how people sound; needed by workers.</summary>
    public static void AddTone(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<ToneOptions>().BindConfiguration(ToneOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddSingleton<ToneReader>();
    }
}
