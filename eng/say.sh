# Messages, and the two or three things that every set-up step needs. Sourced, never run.
# shellcheck shell=bash

say() { printf '%s\n' "chatapp: $*"; }
warn() { printf '%s\n' "chatapp: $*" >&2; }

# One clear line, then out. 78 is EX_CONFIG: something must be installed or chosen before this can work.
fail() {
    warn "$*"
    exit 78
}

have() { command -v "$1" >/dev/null 2>&1; }

# As root: directly when we are, through sudo otherwise.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# within SECONDS COMMAND...: bounded in time, tried a second time, because a mirror's hiccup is the usual failure.
within() {
    local seconds=$1
    shift
    timeout --foreground "$seconds" "$@" || { sleep 2 && timeout --foreground "$seconds" "$@"; }
}
