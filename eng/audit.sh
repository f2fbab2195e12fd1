# Do the packages that we build with have known holes? Asked of the NuGet feed, which has to have the answer: without it
# dotnet says that it found none. Sourced, never run.
# shellcheck shell=bash

# audit_dependencies: fails when a package, also one that another brings along, has a hole that is high or critical.
# Where nobody can tell, one line says so. Nothing of npm is in what we ship.
audit_dependencies() {
    local source findings
    while read -r source; do
        if ! audit_feed_knows "$source"; then
            warn "dependencies were not audited: $source has no vulnerability data"
            return 0
        fi
    done < <(dotnet nuget list source --format short | sed -n 's/^E //p')
    if ! findings=$(cd "$ROOT" && DOTNET_CLI_UI_LANGUAGE=en timeout 300 dotnet list ChatApp.sln package --vulnerable --include-transitive 2>&1); then
        warn "dependencies were not audited: $(tail -n 1 <<<"$findings")"
        return 0
    fi
    if findings=$(grep -E '^ *>.* (High|Critical) ' <<<"$findings"); then
        warn "packages with known holes; take another version in Directory.Packages.props:"
        sort -u <<<"$findings" >&2
        return 1
    fi
    say "dependencies audited: nothing high or critical is known"
}

# Whether a feed has what NuGet calls VulnerabilityInfo (https://learn.microsoft.com/nuget/api/vulnerability-info).
audit_feed_knows() {
    [[ $1 == http*://* ]] && curl -fsSL --max-time 30 "$1" 2>/dev/null | grep -q '"VulnerabilityInfo/'
}
