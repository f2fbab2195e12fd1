using ChatApp.Api.People.Reading;

namespace ChatApp.Api.People;

internal static class PeopleExtensions
{
    /// <summary>What accounts of others are looked after with.</summary>
    public static void AddPeople(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<PeopleStore>();
        services.AddSingleton<RoleChanges>();
        services.AddSingleton<Bans>();
        services.AddSingleton<SignInRemovals>();
        services.AddSingleton<ReadingRecord>();
    }
}
