# Debian packages, without starting the services that come in them.
# shellcheck shell=bash

# apt_install LOG PACKAGE...
apt_install() {
    local log=$1
    shift
    if ! have apt-get; then
        warn "needed and not found: $*. Install with this machine's package manager, then run this again"
        return 78
    fi
    if [ "$(id -u)" -ne 0 ] && ! have sudo; then
        warn "needed and not found: $*. Installing needs root, and there is no sudo here. As root: apt-get install $*"
        return 78
    fi
    say "installing by apt-get: $* ..."
    # shellcheck disable=SC2016 # runs in root's shell
    local script='
        # Our servers are private ones: nothing is to start with the machine. An administrator who set this up keeps it.
        policy=/usr/sbin/policy-rc.d
        if [ ! -e "$policy" ]; then
            printf "#!/bin/sh\nexit 101\n" >"$policy" && chmod 755 "$policy"
            trap "rm -f $policy" EXIT
        fi
        export DEBIAN_FRONTEND=noninteractive LC_ALL=C
        get() { timeout 900 apt-get -q -y -o DPkg::Lock::Timeout=120 -o Dpkg::Use-Pty=0 -o Acquire::Retries=1 -o Acquire::http::Timeout=30 "$@"; }
        # The lists are only refreshed when they are missing or too old to install from.
        get install --no-install-recommends "$@" || { get update && get install --no-install-recommends "$@"; }'
    mkdir -p "$(dirname "$log")"
    if as_root bash -c "$script" apt "$@" </dev/null 2>&1 | tee "$log" | sed -n -u 's/^\(Need to get\|Fetched\)/  &/p'; then
        return 0
    fi
    warn "apt-get could not install $* ($(grep -E '^(E|sudo):' "$log" | tail -n 1)); see $log"
    return 78
}
