#!/usr/bin/env bash
# A private Redis in the foreground, listening on 127.0.0.1 alone. Environment: DATA (its folder), PORT, PASSWORD.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../find.sh"
. "$here/unprivileged.sh"

: "${DATA:?a folder for the data}" "${PORT:?the port to listen on}" "${PASSWORD:?the password that clients must give}"

if ! program=$(find_redis); then
    echo "Redis is not installed here: run ./chatapp setup" >&2
    exit 78
fi

user=$(id -un)
drop=()
if runs_as_root; then
    user=$(existing_user redis valkey nobody)
    unprivileged "$user"
    drop=("${UNPRIVILEGED[@]}")
fi
folder=$(owned_folder "$user" "$DATA")
cd "$folder"

# Given on standard input, because a command line is there for everyone on the machine to read.
exec "${drop[@]}" "$program" - <<CONF
bind 127.0.0.1
port $PORT
requirepass "$PASSWORD"
dir "$folder"
loglevel warning
appendonly yes
appendfsync everysec
save ""
maxmemory-policy noeviction
CONF
