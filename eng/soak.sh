# The product under steady use, with faults if wanted: ./chatapp soak --minutes 30 --faults
# shellcheck shell=bash

run_soak() {
    export ChatApp__RunOn=local
    setup_all
    build bench/ChatApp.Bench
    cd "$ROOT" || exit
    exec "$(built ChatApp.Bench)" soak "$@"
}
