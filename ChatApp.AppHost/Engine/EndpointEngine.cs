namespace ChatApp.AppHost.Engine;

/// <summary>Any OpenAI-compatible endpoint that configuration names.</summary>
internal static class EndpointEngine
{
    private const string VersionSegment = "/v1";

    public static ModelEngine Add(IDistributedApplicationBuilder builder, HostSettings settings, ModelChoice? model)
    {
        if (settings.Engine.Address is not { IsAbsoluteUri: true, Scheme: "http" or "https" } given)
        {
            throw new SetupException("An endpoint needs its address: set ChatApp:Engine:Address, e.g. https://api.example.com/v1");
        }

        if (model is not { File: null })
        {
            throw new SetupException("An endpoint needs the name of a model that it serves: set ChatApp:Model");
        }

        var address = given.ToString().TrimEnd('/');
        address = address.EndsWith(VersionSegment, StringComparison.Ordinal) ? address[..^VersionSegment.Length] : address;
        var key = string.IsNullOrEmpty(settings.Engine.Key)
            ? null
            : builder.AddParameterFromConfiguration("endpoint-key", $"{HostSettings.SectionName}:Engine:Key", secret: true);
        return new ModelEngine("OpenAI", ReferenceExpression.Create($"{address}"), model, key);
    }
}
