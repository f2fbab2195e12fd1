# Where the servers are on this machine. Sourced by the set-up, by doctor and by eng/local/*.sh.
# Each prints a path and succeeds, or prints nothing and fails.
# shellcheck shell=bash

# find_postgres_bin [MAJOR]: the folder that holds initdb and postgres. Debian keeps one per major version, off PATH;
# existing data can only be opened by the major version that wrote it.
find_postgres_bin() {
    local wanted=${1:-} folder
    for folder in $(compgen -G '/usr/lib/postgresql/*/bin' | sort --version-sort --reverse) \
        $(compgen -G '/usr/pgsql-*/bin' | sort --version-sort --reverse) \
        "$(dirname "$(command -v postgres || echo /nowhere/postgres)")"; do
        if [ ! -x "$folder/postgres" ] || [ ! -x "$folder/initdb" ]; then
            continue
        fi
        if [ -n "$wanted" ] && [ "$("$folder/postgres" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" != "$wanted" ]; then
            continue
        fi
        printf '%s\n' "$folder"
        return 0
    done
    return 1
}

find_redis() { command -v redis-server || command -v valkey-server; }

# poppler's pdftotext, which comes with pdfinfo: the stand-in for PdfPig reads PDFs by them.
find_poppler() { command -v pdfinfo >/dev/null && command -v pdftotext; }

# find_llama_server FOLDER: the one on PATH, else the one that the set-up unpacked into FOLDER.
find_llama_server() {
    command -v llama-server && return 0
    [ -x "$1/usr/bin/llama-server" ] && printf '%s\n' "$1/usr/bin/llama-server"
}

# find_ggml_backend FOLDER: the build of ggml's processor code that suits this machine, best first. ggml picks by itself
# when it can see its own folder, but under a private loader it only takes what GGML_BACKEND_PATH names.
find_ggml_backend() {
    local folder flags build needs flag
    folder=$(compgen -G "$1/usr/lib/*/ggml/backends0" | head -n 1) || return 1
    # A build that was tried at set-up and chosen over the best by flags, because the best one did not run.
    if [ -s "$1/backend" ] && [ -f "$folder/$(cat "$1/backend")" ]; then
        printf '%s\n' "$folder/$(cat "$1/backend")"
        return 0
    fi
    flags=" $(sed -n 's/^flags[[:space:]]*: //p' /proc/cpuinfo | head -n 1) "
    while read -r build needs; do
        [ -f "$folder/libggml-cpu-$build.so" ] || continue
        for flag in $needs; do
            case $flags in *" $flag "*) ;; *) continue 2 ;; esac
        done
        printf '%s\n' "$folder/libggml-cpu-$build.so"
        return 0
    done <<'BUILDS'
sapphirerapids amx_tile amx_int8 avx512f avx512bw avx512dq avx512vl avx512vbmi avx512_vnni avx512_bf16
zen4 avx512f avx512bw avx512dq avx512vl avx512vbmi avx512_vnni avx512_bf16
cooperlake avx512f avx512bw avx512dq avx512vl avx512_vnni avx512_bf16
icelake avx512f avx512bw avx512dq avx512vl avx512vbmi avx512_vnni
cascadelake avx512f avx512bw avx512dq avx512vl avx512_vnni
cannonlake avx512f avx512bw avx512dq avx512vl avx512vbmi
skylakex avx512f avx512cd avx512bw avx512dq avx512vl
alderlake avx2 fma f16c bmi2 avx_vnni
haswell avx2 fma f16c bmi2
piledriver avx fma f16c
ivybridge avx f16c
sandybridge avx
sse42 sse4_2
x64
BUILDS
    return 1
}

# find_llama_command FOLDER: sets LLAMA_COMMAND to the words that start llama-server on this machine.
# shellcheck disable=SC2034 # for the caller
find_llama_command() {
    local program loader libraries
    program=$(find_llama_server "$1") || return 1
    LLAMA_COMMAND=("$program")
    case $program in "$1"/*) ;; *) return 0 ;; esac
    # The unpacked build wants a newer libc than the machine's, so it runs under the loader that came with it.
    libraries=$(dirname "$(compgen -G "$1/usr/lib/*/libllama.so.0" | head -n 1)")
    loader=$libraries/ld-linux-x86-64.so.2
    [ -x "$loader" ] || return 1
    GGML_BACKEND_PATH=$(find_ggml_backend "$1") || return 1
    export GGML_BACKEND_PATH
    LLAMA_COMMAND=("$loader" --library-path "$libraries:$libraries/llama" "$program")
}
