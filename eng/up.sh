# Builds the AppHost and becomes it.
# shellcheck shell=bash

run_up() {
    local model="" yes=false folder=$DATA
    while [ $# -gt 0 ]; do
        case $1 in
            --model | --run-on | --port | --data)
                [ $# -gt 1 ] || fail "$1 needs a value (./chatapp help)"
                ;;
        esac
        case $1 in
            --model) model=$2 && shift ;;
            --run-on) export ChatApp__RunOn=$2 && shift ;;
            --port) export ChatApp__Port=$2 && shift ;;
            --data) folder=$2 && shift ;;
            --scale) export ChatApp__Scale=true ;;
            --no-dashboard) export ChatApp__Dashboard=false ;;
            --yes) yes=true ;;
            *) fail "up does not know '$1' (./chatapp help)" ;;
        esac
        shift
    done
    case ${ChatApp__RunOn:-auto} in auto | containers | local) ;; *) fail "--run-on is containers or local, not '$ChatApp__RunOn'" ;; esac
    case ${ChatApp__Port:-0} in *[!0-9]*) fail "--port is a number, not '$ChatApp__Port'" ;; esac

    setup_all
    ChatApp__RunOn=$(chosen_way)
    # In containers Ollama has a model of its own to fall back on.
    if [ "$ChatApp__RunOn" = local ] || [ -n "$model" ]; then
        choose_model "$model" "$yes"
    fi
    mkdir -p "$folder" || fail "$folder cannot be made"
    ChatApp__DataDirectory=$(cd "$folder" && pwd)
    export ChatApp__RunOn ChatApp__DataDirectory

    build ChatApp.AppHost
    host_environment
    announce_site &
    cd "$ROOT/ChatApp.AppHost" || exit
    exec "$(built ChatApp.AppHost)"
}

# build PROJECT: quiet unless something is wrong.
build() {
    say "building $1 ..."
    mkdir -p "$LOGS"
    if ! (cd "$ROOT" && dotnet build "$1" --configuration Release --nologo --verbosity quiet >"$LOGS/build.log" 2>&1); then
        grep -E '(error|warning) ' "$LOGS/build.log" | sort --unique | head -n 20 >&2 || true
        fail "$1 does not build; see $LOGS/build.log"
    fi
}

built() { printf '%s\n' "${ArtifactsPath:-$ROOT/.artifacts}/bin/$1/release/$1"; }

# What the AppHost's launch profile gives it under an IDE. Values that are set already win.
host_environment() {
    export DOTNET_ENVIRONMENT=${DOTNET_ENVIRONMENT:-Development}
    export ASPNETCORE_ENVIRONMENT=${ASPNETCORE_ENVIRONMENT:-$DOTNET_ENVIRONMENT}
    export ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://localhost:15080}
    # Without the dashboard telemetry goes where the operator says, or nowhere.
    if [ "${ChatApp__Dashboard:-true}" != false ]; then
        export ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL=${ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL:-http://localhost:19080}
    fi
    export ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL=${ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL:-http://localhost:20080}
    export ASPIRE_ALLOW_UNSECURED_TRANSPORT=${ASPIRE_ALLOW_UNSECURED_TRANSPORT:-true}
}

# The stand-in prints the addresses itself; Aspire shows them in its dashboard, so there the site's is printed here.
announce_site() {
    feed_is_restricted && return 0
    local site=http://localhost:${ChatApp__Port:-5080} _
    for _ in $(seq 600); do
        if curl --silent --fail --max-time 2 --output /dev/null "$site/alive"; then
            say "ChatApp is at $site"
            return 0
        fi
        kill -0 $$ 2>/dev/null || return 0
        sleep 1
    done
}
