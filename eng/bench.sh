# Measurements against the real stack, in Release.
# shellcheck shell=bash

run_bench() {
    export ChatApp__RunOn=local
    setup_all
    build bench/ChatApp.Bench
    ChatApp__Dashboard=false host_environment
    cd "$ROOT" || exit
    exec "$(built ChatApp.Bench)" "$@"
}
