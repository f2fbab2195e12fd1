# Which model answers: the operator's word, else what was chosen before, else an offer to download one, else the built-in one.
# shellcheck shell=bash

BUILT_IN_MODEL=$ROOT/eng/models/tiny-chat/tiny-chat-q8_0.gguf
BUILT_IN_NOTE="using the built-in model, which is for trying the plumbing and knows nothing of the world (another: ./chatapp up --model PATH)"

# The offer: small enough for a laptop's processor, and free to use.
OFFER_NAME="Qwen2.5-1.5B-Instruct, 4 bits"
OFFER_LICENCE=Apache-2.0
OFFER_HOST=huggingface.co
OFFER_URL=https://huggingface.co/Qwen/Qwen2.5-1.5B-Instruct-GGUF/resolve/main/qwen2.5-1.5b-instruct-q4_k_m.gguf

# choose_model MODEL YES: MODEL is the word given on the command line or nothing. The choice is kept in .data/model.
choose_model() {
    local given=$1 yes=$2 kept=$DATA/model
    if [ -n "$given" ]; then
        case $given in
            tiny-chat) printf '%s\n' "$BUILT_IN_MODEL" >"$kept" ;;
            *.gguf | */*)
                is_gguf "$given" || fail "$given is not a readable GGUF file"
                readlink -f "$given" >"$kept"
                ;;
            *) printf '%s\n' "$given" >"$kept" ;;
        esac
        return 0
    fi
    # Configuration is the AppHost's to read.
    [ -z "${ChatApp__Model:-}" ] || return 0
    if [ -s "$kept" ]; then
        case $(cat "$kept") in
            "$BUILT_IN_MODEL") say "$BUILT_IN_NOTE" && return 0 ;;
            /*) is_gguf "$(cat "$kept")" && return 0 ;;
            *) return 0 ;;
        esac
        warn "the model chosen before, $(cat "$kept"), is gone"
        rm -f "$kept"
    fi
    if { [ "$yes" = true ] || [ -t 0 ]; } && offer_model "$yes"; then
        return 0
    fi
    say "$BUILT_IN_NOTE"
}

is_gguf() { [ -r "$1" ] && [ "$(head -c 4 "$1" 2>/dev/null)" = GGUF ]; }

# Fails when nothing was chosen.
offer_model() {
    local yes=$1 headers size digest file answer
    headers=$(curl --silent --head --max-time 3 "$OFFER_URL" 2>/dev/null | tr -d '\r' | tr '[:upper:]' '[:lower:]') || return 1
    # The publisher's host tells the size and the SHA-256 of what lies behind its redirect.
    size=$(sed -n 's/^x-linked-size: *\([0-9]*\)$/\1/p' <<<"$headers" | head -n 1)
    digest=$(sed -n 's/^x-linked-etag: *"\([0-9a-f]\{64\}\)"$/\1/p' <<<"$headers" | head -n 1)
    [ -n "$size" ] || return 1
    if [ "$yes" != true ]; then
        printf 'No model was chosen. Download %s (%s, %s MB) from %s? [y/N] ' \
            "$OFFER_NAME" "$OFFER_LICENCE" "$((size / 1000000))" "$OFFER_HOST"
        read -r answer || return 1
        case $answer in
            [yY]*) ;;
            *)
                printf '%s\n' "$BUILT_IN_MODEL" >"$DATA/model" # asked once
                return 1
                ;;
        esac
    fi
    file=$DATA/models/$(basename "$OFFER_URL")
    download_model "$file" "$size" "$digest" && printf '%s\n' "$file" >"$DATA/model"
}

# Resumes what an earlier try left, and keeps nothing that is not what the server said it would be.
download_model() {
    local file=$1 size=$2 digest=$3
    mkdir -p "$(dirname "$file")"
    if [ "$(stat --format %s "$file" 2>/dev/null)" != "$size" ] &&
        ! curl --fail --location --progress-bar --continue-at - --retry 1 --connect-timeout 10 \
            --speed-limit 1000 --speed-time 60 --output "$file.part" "$OFFER_URL"; then
        warn "the download stopped; ./chatapp up goes on where it was"
        return 1
    fi
    [ ! -f "$file.part" ] || mv "$file.part" "$file"
    if [ "$(stat --format %s "$file")" != "$size" ] || ! is_gguf "$file" ||
        { [ -n "$digest" ] && ! sha256sum --check --status <<<"$digest  $file"; }; then
        rm -f "$file"
        warn "the downloaded model was not what $OFFER_HOST announced; it was removed"
        return 1
    fi
}
