# Everything that must be on the machine, found or installed. Each step returns at once when there is nothing to do.
# shellcheck shell=bash

run_setup() {
    local probe=""
    case ${1:-} in
        --probe) probe=--probe ;;
        "") ;;
        *) fail "setup does not know '$1' (./chatapp help)" ;;
    esac
    setup_all $probe
    say "set up: ./chatapp up"
}

# setup_all [--probe]
setup_all() {
    [ "$(uname -s)" = Linux ] || fail "the set-up knows Linux only; elsewhere start a container runtime and use: dotnet run --project ChatApp.AppHost"
    if ! mkdir -p "$LOGS" 2>/dev/null || [ ! -w "$DATA" ]; then
        fail "$DATA cannot be written: it belongs to $(stat --format %U "$DATA" 2>/dev/null || echo 'another user'), so run this as that user"
    fi
    setup_dotnet || exit
    # One at a time: two set-ups in one folder would unpack over each other. The lock goes when the subshell ends.
    (
        flock --timeout 900 9 || fail "another set-up has been at work in this folder for 15 minutes"
        setup_feed "$@" || exit
        if feed_is_restricted; then
            setup_dashboard || exit
            setup_poppler || warn "going on without poppler: PDFs cannot be read"
        fi
        # Asked after the feed, because the stand-ins run no containers.
        if [ "$(chosen_way)" = local ]; then
            setup_postgres || exit
            setup_redis || exit
            setup_llama_unless_configured || exit
        fi
    ) 9>"$DATA/setup.lock" || exit
    aspire_cli_paths "$TOOLS/aspire"
}

# With the real packages, the dashboard and Blazor's script come as packages too.
setup_dashboard() {
    if setup_aspire_cli "$TOOLS/aspire"; then
        setup_blazor_script "$ROOT/ChatApp.Web/wwwroot"
    elif [ -s "$ROOT/ChatApp.Web/wwwroot/_framework/blazor.web.js" ]; then
        warn "going on without the dashboard"
    else
        return 78
    fi
}

# An engine that runs elsewhere needs none here.
setup_llama_unless_configured() {
    case ${ChatApp__Engine__Kind:-auto} in
        ollama | endpoint) ;;
        *) setup_llama "$DATA/llama.cpp" "$BUILT_IN_MODEL" ;;
    esac
}

# The way of running: what was asked for, else containers where a runtime answers. The stand-in for Aspire starts
# processes only, so with the restricted feed it is local.
chosen_way() {
    case ${ChatApp__RunOn:-auto} in
        containers | local) printf '%s\n' "$ChatApp__RunOn" ;;
        *) if ! feed_is_restricted && container_runtime >/dev/null; then echo containers; else echo local; fi ;;
    esac
}

container_runtime() {
    local runtime
    for runtime in docker podman; do
        if have "$runtime" && timeout 3 "$runtime" info >/dev/null 2>&1; then
            printf '%s\n' "$runtime"
            return 0
        fi
    done
    return 1
}
