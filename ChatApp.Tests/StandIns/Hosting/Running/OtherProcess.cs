using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.Orchestration;
using ChatApp.Tests.StandIns.Hosting.Running;

/// <summary>
/// Lets the test assembly play a program that a test looks at from outside: the runtime calls this before Main when
/// DOTNET_STARTUP_HOOKS names the assembly. Nothing else ever does.
/// </summary>
#pragma warning disable MA0047 // The runtime looks for it outside every namespace.
internal static class StartupHook
#pragma warning restore MA0047
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(OtherProcess.RoleVariable) is { } role)
        {
            OtherProcess.Play(role);
        }
    }
}

namespace ChatApp.Tests.StandIns.Hosting.Running
{
    /// <summary>Programs that run in a process of their own.</summary>
    internal static class OtherProcess
    {
        public const string RoleVariable = "CHATAPP_TESTS_ROLE";

        /// <summary>Has a process group with two members and does nothing more.</summary>
        public const string Parent = "parent";

        /// <summary>An application whose first resource fails.</summary>
        public const string FailingApplication = "failing-application";

        /// <summary>A process with one child of its own; both numbers are on its first line.</summary>
        public const string Family = "sleep 300 & echo $$ $!; wait";

        public static Process Start(string role)
        {
            var assembly = typeof(OtherProcess).Assembly.Location;
            var start = new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
            start.Environment["DOTNET_STARTUP_HOOKS"] = assembly;
            start.Environment[RoleVariable] = role;
            return Process.Start(start)!;
        }

        public static void Play(string role)
        {
            if (role == Parent)
            {
                var environment = new Dictionary<string, string> { ["PATH"] = Environment.GetEnvironmentVariable("PATH")! };
                _ = ProcessGroup.Start(new ProcessSpec("sh", ["-c", Family], Path.GetTempPath(), environment), new ProcessMonitor(), (line, _) => Console.WriteLine(line));
                Thread.Sleep(Timeout.Infinite);
            }

            var builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
            var store = builder.AddExecutable("store", "sh", Path.GetTempPath(), "-c", "echo the disk is full >&2; exit 78");
            builder.AddExecutable("api", "sleep", Path.GetTempPath(), "300").WaitForCompletion(store);
            builder.Build().Run();
            Environment.Exit(Environment.ExitCode);
        }
    }
}
