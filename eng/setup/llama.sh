# llama-server where the distribution has none: Debian's own packages of it exist in sid only, so apt fetches those with
# everything they need (libc too) into a private folder. Nothing of the machine's own packages is touched.
# shellcheck shell=bash

# setup_llama FOLDER TRIAL_MODEL
setup_llama() (
    local folder=$1 trial=$2
    if have llama-server || [ -f "$folder/ready" ]; then
        exit 0
    fi
    # shellcheck source=/dev/null
    local id; id=$(. /etc/os-release 2>/dev/null && printf '%s' "${ID:-}")
    if [ "$id" != debian ] || [ "$(dpkg --print-architecture 2>/dev/null)" != amd64 ]; then
        warn "llama-server is not on PATH, and this is not Debian on x64: install llama.cpp (https://llama.app or your package manager) so that 'llama-server' is found, then run this again"
        exit 78
    fi

    local staging mirror
    staging=$(mktemp -d)
    trap 'rm -rf "$staging" "$folder.new"' EXIT
    for mirror in $(llama_mirrors | awk '!seen[$0]++'); do
        say "llama-server: fetching Debian sid's packages from $mirror (30 MB) ..."
        if llama_fetch "$mirror" "$staging" >"$staging/log" 2>&1; then
            rm -rf "$folder.new" && mkdir -p "$folder.new"
            local package
            for package in "$staging"/cache/archives/*.deb; do
                dpkg --extract "$package" "$folder.new" || exit 78
            done
            rm -rf "$folder.new"/usr/share/{doc,man,locale,lintian,bash-completion} "$folder.new"/{etc,var} "$folder"
            mv "$folder.new" "$folder"
            llama_try "$folder" "$trial" || exit 78
            date --utc +%FT%TZ >"$folder/ready"
            exit 0
        fi
    done
    warn "llama-server: Debian sid's packages could not be fetched ($(grep -E '^(E|Err)' "$staging/log" 2>/dev/null | tail -n 1)). Check the network, or put a llama-server on PATH, then run this again"
    exit 78
)

# The mirrors that apt already uses for this release's main archive.
# shellcheck disable=SC2016 # apt expands these
llama_mirrors() {
    # shellcheck source=/dev/null
    local codename; codename=$(. /etc/os-release && printf '%s' "${VERSION_CODENAME:-}")
    apt-get indextargets --format '$(REPO_URI)' "Created-By: Packages" "Component: main" "Codename: $codename" 2>/dev/null |
        grep -E '/debian/?$' | sort --unique || true
    # Before the first apt-get update the codename of a source is not known yet, but its suite is.
    apt-get indextargets --format '$(RELEASE) $(REPO_URI)' "Created-By: Packages" "Component: main" 2>/dev/null |
        sed -n "s/^$codename //p" | grep -E '/debian/?$' | sort --unique || true
}

llama_fetch() {
    local mirror=$1 staging=$2 keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mkdir -p "$staging"/state/lists/partial "$staging"/cache/archives/partial
    : >"$staging/status" # apt believes that nothing is installed, so it fetches every library that is needed
    printf 'deb [signed-by=%s] %s sid main\n' "$keyring" "$mirror" >"$staging/sources.list"
    # Passed with -c, so that the machine's own settings (proxy and the like) are read first and hold.
    cat >"$staging/apt.conf" <<APT
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
#clear DPkg::Post-Invoke;
Dir::State "$staging/state";
Dir::State::status "$staging/status";
Dir::Cache "$staging/cache";
Dir::Etc::sourcelist "$staging/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
APT::Architectures { "amd64"; };
APT::Install-Recommends "false";
APT::Sandbox::User "";
Acquire::Languages "none";
Acquire::Retries "1";
Acquire::http::Timeout "20";
Acquire::https::Timeout "20";
# The signature says whose packages these are; how old the list is does not matter for a private copy.
Acquire::Check-Valid-Until "false";
Acquire::IndexTargets::deb::DEP-11::DefaultEnabled "false";
APT
    within 180 apt-get -c "$staging/apt.conf" -q update &&
        within 300 apt-get -c "$staging/apt.conf" -q -y --download-only install llama.cpp-tools
}

# One token from the built-in model: the fastest build for the processor's flags, and when that one does not run after
# all (a hypervisor that shows a flag and traps its instructions), the plainest.
llama_try() {
    local folder=$1 trial=$2
    llama_says_something "$folder" "$trial" && return 0
    printf 'libggml-cpu-x64.so\n' >"$folder/backend"
    llama_says_something "$folder" "$trial" && return 0
    warn "llama-server: the unpacked packages in $folder do not run on this machine; put a llama-server on PATH"
    return 78
}

llama_says_something() {
    local LLAMA_COMMAND
    find_llama_command "$1" || return 1
    LLAMA_COMMAND[-1]=$1/usr/bin/llama-completion
    timeout 60 "${LLAMA_COMMAND[@]}" --model "$2" --prompt Hello --n-predict 1 --no-conversation \
        --no-warmup --log-disable </dev/null >/dev/null 2>&1
}
