using System.Diagnostics;
using ChatApp.Tests.Stack;
using Xunit;

namespace ChatApp.Tests.Audit;

/// <summary>What <c>./chatapp test</c> makes of what the feed says about packages.</summary>
public sealed class DependencyAuditTests
{
    private const string Feed = "VulnerabilityInfo/6.7.0";

    [Theory]
    [InlineData("High", 1, "Some.Package")]
    [InlineData("Critical", 1, "Some.Package")]
    [InlineData("Moderate", 0, "nothing high or critical is known")]
    public async Task Audit_OfAFinding_FailsOnlyWhenItIsGrave(string severity, int code, string words)
    {
        var (exit, said) = await RunAsync(Feed, $"printf '   > Some.Package   1.0.0   1.0.0   {severity}   https://github.com/advisories/x\\n'");

        Assert.Equal(code, exit);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PackageBaseAddress/3.0.0", "true", "has no vulnerability data")]
    [InlineData(Feed, "{ echo 'the feed is away'; false; }", "the feed is away")]
    public async Task Audit_NobodyCanTell_SaysSoAndNothingElse(string resource, string listing, string words)
    {
        var (exit, said) = await RunAsync(resource, listing);

        Assert.Equal(0, exit);
        Assert.Contains("were not audited", said, StringComparison.Ordinal);
        Assert.Contains(words, said, StringComparison.Ordinal);
        Assert.Single(said.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private static async Task<(int Exit, string Said)> RunAsync(string resource, string listing)
    {
        var script = $$"""
            ROOT=$PWD; . eng/say.sh; . eng/audit.sh
            curl() { echo '{"@type": "{{resource}}"}'; }
            timeout() { shift; "$@"; }
            dotnet() { if [ "$1" = nuget ]; then echo 'E https://feed.example/index.json'; else {{listing}}; fi; }
            audit_dependencies 2>&1
            """;
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = RepositoryFolder.Root, RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await shell.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (shell.ExitCode, said);
    }
}
