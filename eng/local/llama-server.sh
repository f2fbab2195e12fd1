#!/usr/bin/env bash
# llama.cpp's server in the foreground. Environment: PORT, MODEL (a .gguf), ALIAS (the name it serves the model by),
# DATA (the folder that the set-up unpacked llama-server into, when it is not on PATH), CONTEXT (tokens a slot, 4096).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../find.sh"
. "$here/unprivileged.sh"

: "${PORT:?the port to listen on}" "${MODEL:?the path of a .gguf file}" "${ALIAS:?the name to serve the model by}"
tools=${DATA:-$here/../../.data/llama.cpp}
slots=4

if ! find_llama_command "$tools"; then
    echo "llama-server is not installed here: run ./chatapp setup" >&2
    exit 78
fi
if [ ! -r "$MODEL" ]; then
    echo "the model $MODEL cannot be read: give another with ./chatapp up --model PATH" >&2
    exit 78
fi

# Root only where nobody could not even read the files (a clone under /root).
drop=()
if runs_as_root && can_read_as nobody "$MODEL" "${LLAMA_COMMAND[0]}" "${LLAMA_COMMAND[-1]}"; then
    unprivileged nobody
    drop=("${UNPRIVILEGED[@]}")
fi

# A tiny model has so little to compute for each token that a second thread costs more in waiting than it gives, and on a
# busy machine very much more.
threads=()
[ "$(stat --dereference --format %s "$MODEL")" -gt 100000000 ] || threads=(--threads 1)

# The context is shared by the slots. The key keeps anything else on this machine out of the engine when one is given.
export LLAMA_API_KEY=${KEY:-}
[ -n "$LLAMA_API_KEY" ] || unset LLAMA_API_KEY
cd /
exec "${drop[@]}" "${LLAMA_COMMAND[@]}" --host 127.0.0.1 --port "$PORT" --model "$MODEL" --alias "$ALIAS" \
    --jinja --metrics --no-webui --parallel "$slots" --ctx-size "$((slots * ${CONTEXT:-4096}))" \
    "${threads[@]}"
