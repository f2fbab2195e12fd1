# Does the configured NuGet source have every package, or is it one of those that lack several? The answer is written to
# eng/feed.local.props, which every project imports; eng/RestrictedFeed.targets says what follows from it.
# shellcheck shell=bash

FEED_PROPS=$ROOT/eng/feed.local.props

feed_is_restricted() { grep -q '<RestrictedFeed>true' "$FEED_PROPS" 2>/dev/null; }

# setup_feed [--probe]: asks again when told to, after a week, and when the versions that we want have changed.
setup_feed() {
    if [ "${1:-}" != --probe ] && [ "$FEED_PROPS" -nt "$ROOT/Directory.Packages.props" ] &&
        [ -n "$(find "$FEED_PROPS" -mtime -7)" ]; then
        return 0
    fi
    say "asking the NuGet feed for the packages that some feeds lack ..."
    local answer
    if ! answer=$(feed_probe); then
        if [ -s "$FEED_PROPS" ]; then
            warn "the NuGet feed did not answer; going on with what it said before"
            return 0
        fi
        warn "the NuGet feed did not answer: $answer"
        return 78
    fi
    feed_remember "$answer"
}

feed_remember() {
    local new
    new=$(mktemp "$FEED_PROPS.XXXXXX")
    printf '<Project>\n  <PropertyGroup>\n    <RestrictedFeed>%s</RestrictedFeed>\n  </PropertyGroup>\n</Project>\n' "$1" >"$new"
    chmod 644 "$new"
    mv "$new" "$FEED_PROPS"
    if [ "$1" = true ]; then
        say "the feed lacks some packages: building with the stand-ins in their place (stand-ins/README.md)"
    else
        say "the feed has every package"
    fi
}

# Prints true (some package is missing) or false, or fails with the first error. A restore of the packages themselves, in a
# folder of its own, is the only question whose answer holds for every kind of feed.
feed_probe() (
    folder=$(mktemp -d)
    trap 'rm -rf "$folder"' EXIT
    cp "$ROOT/Directory.Packages.props" "$ROOT/nuget.config" "$ROOT/global.json" "$folder/"
    sdk=$(sed -n 's/.*Sdk="Aspire.AppHost.Sdk" Version="\([^"]*\)".*/\1/p' "$ROOT/ChatApp.AppHost/ChatApp.AppHost.csproj" | head -n 1)
    {
        printf '<Project Sdk="Microsoft.NET.Sdk"><PropertyGroup><TargetFramework>net10.0</TargetFramework><NuGetAudit>false</NuGetAudit></PropertyGroup><ItemGroup>'
        sed -n 's/.*<StandIn Include="\([^"]*\)".*/<PackageReference Include="\1" \/>/p' "$ROOT/eng/RestrictedFeed.targets"
        printf '<PackageReference Include="Yarp.ReverseProxy" /><PackageDownload Include="Aspire.AppHost.Sdk" Version="[%s]" />' "$sdk"
        printf '</ItemGroup></Project>\n'
    } >"$folder/probe.csproj"
    log=$(timeout 300 dotnet restore "$folder/probe.csproj" --nologo --verbosity quiet -p:RestrictedFeed=false 2>&1) && { echo false; return 0; }
    # NU1101: no such package. NU1102, NU1103: not in that version. Anything else is no answer.
    if grep -q -E 'NU110[123]' <<<"$log"; then
        echo true
        return 0
    fi
    grep -m 1 -o 'error .*' <<<"$log" || echo "no answer within 300 s"
    return 1
)
