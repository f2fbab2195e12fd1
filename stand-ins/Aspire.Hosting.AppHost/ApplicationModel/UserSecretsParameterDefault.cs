using Microsoft.Extensions.Configuration.UserSecrets;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>Generates a value once and keeps it in the AppHost's user secrets.</summary>
internal sealed class UserSecretsParameterDefault(IDistributedApplicationBuilder builder, string name, ParameterDefault inner) : ParameterDefault
{
    public override string GetDefaultValue()
    {
        var value = inner.GetDefaultValue();
        var id = builder.AppHostAssembly?.GetCustomAttributes(typeof(UserSecretsIdAttribute), inherit: false).OfType<UserSecretsIdAttribute>().FirstOrDefault()?.UserSecretsId;
        if (id is not null)
        {
            UserSecretsFile.Set(PathHelper.GetSecretsPathFromSecretsId(id), $"Parameters:{name}", value);
        }

        return value;
    }
}
