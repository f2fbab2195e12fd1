namespace ChatApp.AppHost;

/// <summary>What Postgres, Redis and the engine run on.</summary>
internal enum RunOn
{
    /// <summary>Containers where a container runtime answers, else this machine's own servers.</summary>
    Auto,

    Containers,

    Local,
}
