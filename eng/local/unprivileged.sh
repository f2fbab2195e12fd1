# Running a server as an ordinary user when everything else was started by root. Sourced by eng/local/*.sh.
# shellcheck shell=bash

runs_as_root() { [ "$(id -u)" -eq 0 ]; }

# existing_user NAME...: the first of the names that this machine has.
existing_user() {
    local name
    for name in "$@"; do
        if id -u "$name" >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return 0
        fi
    done
    return 1
}

# Sets UNPRIVILEGED to the words that run a command as USER, in the same process and with nothing inherited from root.
unprivileged() {
    UNPRIVILEGED=(setpriv --reuid="$1" --regid="$(id -g "$1")" --init-groups --inh-caps=-all
        env HOME=/nonexistent USER="$1" LOGNAME="$1")
}

# can_read_as USER PATH...: a parent folder closed to USER counts too.
can_read_as() {
    local user=$1 path
    shift
    local UNPRIVILEGED
    unprivileged "$user"
    for path in "$@"; do
        "${UNPRIVILEGED[@]}" test -r "$path" || return 1
    done
}

# owned_folder USER FOLDER: prints the folder that USER keeps its data in, made and owned: FOLDER, or when USER cannot
# reach that (a clone under /root), one under /var/lib/chatapp whose name FOLDER/location remembers.
owned_folder() {
    local user=$1 folder=$2 elsewhere
    mkdir -p "$folder"
    if ! runs_as_root; then
        chmod 700 "$folder"
        printf '%s\n' "$folder"
        return 0
    fi
    if [ ! -s "$folder/location" ]; then
        chown "$user:" "$folder" && chmod 700 "$folder"
        if can_read_as "$user" "$folder/."; then
            printf '%s\n' "$folder"
            return 0
        fi
        mkdir -p /var/lib/chatapp
        mktemp --directory "/var/lib/chatapp/$(basename "$folder").XXXXXXXX" >"$folder/location"
    fi
    elsewhere=$(cat "$folder/location")
    echo "the user $user cannot reach $folder, so the data is in $elsewhere" >&2
    mkdir -p "$elsewhere" && chmod 711 "$(dirname "$elsewhere")" && chmod 700 "$elsewhere" && chown "$user:" "$elsewhere"
    printf '%s\n' "$elsewhere"
}
