# Measurements against the real stack, in Release.
# shellcheck shell=bash

run_bench() {
    export ChatApp__RunOn=local
    local argument arguments=() peers=false
    for argument in "$@"; do
        # What others have made, to measure beside; only the gateway's measurement has such.
        if [ "$argument" = --peers ] && [ "${1:-}" = gateway ]; then peers=true; else arguments+=("$argument"); fi
    done
    setup_all
    ! "$peers" || setup_peers
    build bench/ChatApp.Bench
    ChatApp__Dashboard=false host_environment
    cd "$ROOT" || exit
    exec "$(built ChatApp.Bench)" "${arguments[@]}"
}
