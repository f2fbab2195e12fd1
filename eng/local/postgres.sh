#!/usr/bin/env bash
# A private Postgres in the foreground, listening on 127.0.0.1 alone. Environment: DATA (its folder), PORT, PASSWORD (of the
# user chatapp), DATABASE. The first start makes the cluster and the database; SIGTERM and Ctrl-C stop it at once.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/../find.sh"
. "$here/unprivileged.sh"

: "${DATA:?a folder for the data}" "${PORT:?the port to listen on}" "${PASSWORD:?the password of the user chatapp}" "${DATABASE:?the database to make}"

user=$(id -un)
drop=()
if runs_as_root; then # Postgres refuses to run as root
    user=$(existing_user postgres nobody)
    unprivileged "$user"
    drop=("${UNPRIVILEGED[@]}")
fi
folder=$(owned_folder "$user" "$DATA")
cluster=$folder/cluster
cd "$folder"

if ! bin=$(find_postgres_bin "$(cat "$cluster/PG_VERSION" 2>/dev/null || true)"); then
    if [ -s "$cluster/PG_VERSION" ]; then
        echo "the data in $cluster was written by Postgres $(cat "$cluster/PG_VERSION"), which is not installed here: install that version, or move the folder away" >&2
    else
        echo "Postgres is not installed here: run ./chatapp setup" >&2
    fi
    exit 78
fi

# A SQL string: the password is ours, but nothing says that it has no quote in it.
quoted() { printf "'%s'" "${1//\'/\'\'}"; }

# The server alone, with no port open, for one statement.
single() {
    "${drop[@]}" "$bin/postgres" --single -D "$1" postgres >/dev/null
}

# Made beside its final place and moved there whole, so that a start that was cut off leaves no half cluster. The files are
# flushed once, at the end, rather than by initdb and again: what is moved into place is on the disk.
make_cluster() {
    local new=$folder/cluster.new
    rm -rf "$new"
    # shellcheck disable=SC2016 # expanded by the inner shell, which runs as the server's user
    printf '%s\n' "$PASSWORD" | "${drop[@]}" bash -c '
        umask 077
        cat >password
        "$1/initdb" --pgdata="$2" --username=chatapp --pwfile=password --auth=scram-sha-256 \
            --encoding=UTF8 --locale=C.UTF-8 --no-sync --no-instructions >/dev/null
        code=$?
        rm -f password
        exit "$code"' make-cluster "$bin" "$new"
    printf 'CREATE DATABASE "%s";\n' "${DATABASE//\"/\"\"}" | single "$new"
    remember_password "$new"
    "${drop[@]}" "$bin/initdb" --sync-only --pgdata="$new" >/dev/null
    mv "$new" "$cluster"
}

fingerprint() { printf '%s' "$PASSWORD" | sha256sum | cut -d ' ' -f 1; }

remember_password() { fingerprint | "${drop[@]}" tee "$1/password.sha256" >/dev/null; }

# The data outlives a lost secrets file: the password then simply changes.
follow_password() {
    [ "$(cat "$cluster/password.sha256" 2>/dev/null)" = "$(fingerprint)" ] && return 0
    printf 'ALTER USER chatapp PASSWORD %s;\n' "$(quoted "$PASSWORD")" | single "$cluster"
    remember_password "$cluster"
}

# After a kill -9 the old server may need a moment to see that its parent is gone, and its lock file may name a process
# that is something else by now, which Postgres would take for a server at work.
release_stale_lock() {
    local lock=$cluster/postmaster.pid pid _
    for _ in $(seq 100); do
        [ -f "$lock" ] || return 0
        pid=$(head -n 1 "$lock")
        case $(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null || true) in
            */postgres*"$cluster"*) sleep 0.1 ;;
            *) rm -f "$lock" && return 0 ;;
        esac
    done
    echo "another Postgres (process $pid) is already at work on $cluster: is ./chatapp up running twice?" >&2
    exit 1
}

if [ -s "$cluster/PG_VERSION" ]; then
    release_stale_lock
    follow_password
else
    make_cluster
fi

# Postgres takes SIGTERM as "when the last client has gone", so this shell stays to pass it on as SIGINT: now, cleanly.
# If this shell is itself killed, the kernel sends the server the same.
"${drop[@]}" setpriv --pdeathsig=INT "$bin/postgres" -D "$cluster" \
    -c listen_addresses=127.0.0.1 -c port="$PORT" -c unix_socket_directories= -c cluster_name=chatapp \
    -c timezone=UTC -c log_timezone=UTC -c jit=off -c log_line_prefix= -c max_connections=300 &
server=$!
stopping=false
trap 'stopping=true; kill -INT "$server" 2>/dev/null || true' TERM INT HUP

code=0
while kill -0 "$server" 2>/dev/null; do
    wait "$server" && code=0 || code=$?
done
if "$stopping"; then code=0; fi
exit "$code"
