# What this machine has, what is missing, and how to get it. Exits 0 when ./chatapp up can work: with what is there, or
# with what up installs by itself.
# shellcheck shell=bash

run_doctor() {
    [ $# -eq 0 ] || fail "doctor takes no options (./chatapp help)"
    DOCTOR_CODE=0
    local way sdk=true
    row "ChatApp" ok "$ROOT"
    setup_dotnet 2>/dev/null || sdk=false
    if "$sdk"; then row ".NET SDK" ok "$(dotnet --version) in $DOTNET_ROOT"; else row ".NET SDK" MISSING "https://dotnet.microsoft.com/download/dotnet/10.0"; fi
    doctor_feed
    way=$(chosen_way)
    doctor_containers "$way"
    doctor_servers "$way"
    doctor_poppler
    doctor_engine "$way"
    doctor_tools
    doctor_room
    echo
    if [ "$DOCTOR_CODE" -eq 0 ]; then
        say "./chatapp up can work here ($way)"
    else
        warn "./chatapp up cannot work here yet: see what is MISSING above"
    fi
    return "$DOCTOR_CODE"
}

# row NAME ok|no|later|MISSING TEXT: "no" is not needed, "later" is installed when it is needed.
row() {
    printf '  %-18s %-8s %s\n' "$1" "$2" "$3"
    if [ "$2" = MISSING ]; then DOCTOR_CODE=1; fi
}

# needed NAME PACKAGE HINT: missing, but up installs it where it may.
needed() {
    if have apt-get && { [ "$(id -u)" -eq 0 ] || have sudo; }; then
        row "$1" later "./chatapp up installs it ($2)"
    else
        row "$1" MISSING "$3"
    fi
}

doctor_feed() {
    if [ ! -s "$FEED_PROPS" ]; then
        row "NuGet feed" later "not asked yet: ./chatapp setup"
    elif feed_is_restricted; then
        row "NuGet feed" ok "lacks some packages: stand-ins are used (asked $(date --reference "$FEED_PROPS" +%F))"
    else
        row "NuGet feed" ok "has every package (asked $(date --reference "$FEED_PROPS" +%F))"
    fi
}

doctor_containers() {
    local runtime
    if runtime=$(container_runtime); then
        row "Container runtime" ok "$runtime $("$runtime" --version | grep -o -E '[0-9]+(\.[0-9]+)+' | head -n 1)"
    elif [ "$1" = containers ]; then
        row "Container runtime" MISSING "neither docker nor podman answers within 3 s; without one: --run-on local"
    else
        row "Container runtime" no "none answers: the servers run as processes of this machine"
    fi
}

doctor_servers() {
    local found
    if found=$(find_postgres_bin); then
        row "Postgres" ok "$("$found/postgres" --version | grep -o -E '[0-9]+(\.[0-9]+)+' | head -n 1) in $found"
    elif [ "$1" = containers ]; then
        row "Postgres" no "runs as a container"
    else
        needed "Postgres" "apt-get install postgresql" "install Postgres 13 or newer"
    fi
    if found=$(find_redis); then
        row "Redis" ok "$("$found" --version | grep -o -E 'v=[0-9.]+' | cut -c 3-) at $found"
    elif [ "$1" = containers ]; then
        row "Redis" no "runs as a container"
    else
        needed "Redis" "apt-get install redis-server" "install Redis 6.2 or newer"
    fi
}

doctor_poppler() {
    local found
    if found=$(find_poppler); then
        row "Poppler" ok "$(pdftotext -v 2>&1 | grep -o -E '[0-9]+(\.[0-9]+)+' | head -n 1) at $found"
    elif feed_is_restricted; then
        needed "Poppler" "apt-get install poppler-utils" "install poppler's pdftotext and pdfinfo, which read PDFs here"
    else
        row "Poppler" no "PDFs are read by the package PdfPig"
    fi
}

doctor_engine() {
    local LLAMA_COMMAND ollama kept=$DATA/model
    if find_llama_command "$DATA/llama.cpp"; then
        row "llama-server" ok "$("${LLAMA_COMMAND[@]}" --version 2>&1 | sed -n 's/^version: //p') at ${LLAMA_COMMAND[-1]}"
    elif [ "$1" = containers ]; then
        row "llama-server" no "runs as a container, or Ollama does"
    elif [ -f /etc/debian_version ] && have apt-get && [ "$(uname -m)" = x86_64 ]; then
        row "llama-server" later "./chatapp up fetches Debian sid's packages into .data/llama.cpp"
    else
        row "llama-server" MISSING "install llama.cpp so that llama-server is on PATH (https://llama.app)"
    fi
    if ollama=$(curl --silent --max-time 1 http://127.0.0.1:11434/api/version); then
        row "Ollama" ok "runs here: $ollama"
    else
        row "Ollama" no "none at 127.0.0.1:11434"
    fi
    if [ -n "${ChatApp__Model:-}" ]; then
        row "Model" ok "$ChatApp__Model (configuration)"
    elif [ -s "$kept" ]; then
        row "Model" ok "$(cat "$kept")"
    else
        row "Model" ok "the built-in one, for trying the plumbing; another: ./chatapp up --model PATH"
    fi
    if have nvidia-smi && found=$(timeout 5 nvidia-smi --query-gpu=name,memory.total --format=csv,noheader 2>/dev/null); then
        row "GPU" ok "$(head -n 1 <<<"$found")"
    else
        row "GPU" no "no NVIDIA GPU answers: models run on the processor"
    fi
}

doctor_tools() {
    local found script=$ROOT/ChatApp.Web/wwwroot/_framework/blazor.web.js
    if found=$(find_chromium); then
        row "Chromium" ok "$("$found" --version 2>/dev/null | grep -o -E '[0-9]+(\.[0-9]+)+' | head -n 1) at $found"
    else
        row "Chromium" later "for the tests only: ./chatapp test installs it"
    fi
    aspire_cli_paths "$TOOLS/aspire"
    if [ -x "$ASPIRE_CLI_PATH" ]; then
        row "Aspire CLI" ok "$ASPIRE_CLI_VERSION in ${ASPIRE_CLI_PATH%/node_modules/*}"
    elif [ ! -s "$FEED_PROPS" ]; then
        row "Aspire CLI" later "./chatapp up installs it by npm if the NuGet feed is a restricted one"
    elif feed_is_restricted && [ ! -s "$script" ]; then
        if have npm; then row "Aspire CLI" later "./chatapp up installs it by npm"; else needed "Aspire CLI" "npm" "install npm, which brings the Aspire CLI"; fi
    else
        row "Aspire CLI" no "not needed: its parts come as packages"
    fi
}

doctor_room() {
    local free port
    free=$(df --output=avail --block-size=1M "$ROOT" | tail -n 1 | tr -d ' ')
    if [ "$free" -lt 2000 ]; then row "Disk" MISSING "$free MB free; 2000 MB are needed"; else row "Disk" ok "$((free / 1000)) GB free"; fi
    for port in "${ChatApp__Port:-5080}" 5081 5082; do
        if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
            # The stand-in for Aspire moves to a free port; Aspire itself does not.
            if feed_is_restricted; then
                row "Port $port" no "something listens there: up takes another (is ./chatapp up running?)"
            else
                row "Port $port" MISSING "something listens there: stop it (is ./chatapp up running?), or for the site: --port N"
            fi
        else
            row "Port $port" ok "free"
        fi
    done
}
