# What the gateway is measured beside, in private folders: nothing of the machine's own packages is touched.
# shellcheck shell=bash

PORTKEY_VERSION=1.15.2

# Whoever cannot be had is left out of the measurement, which says so.
setup_peers() {
    setup_nginx "$TOOLS/nginx" || warn "going on without nginx"
    setup_portkey "$TOOLS/portkey" || warn "going on without Portkey's gateway"
}

# setup_nginx FOLDER: Debian's package, unpacked.
setup_nginx() (
    local folder=$1 staging
    if have nginx || [ -x "$folder/usr/sbin/nginx" ]; then
        exit 0
    fi
    if ! have apt-get || ! have dpkg; then
        warn "nginx: this machine has no apt-get; install nginx so that it is on PATH"
        exit 78
    fi
    staging=$(mktemp -d)
    trap 'rm -rf "$staging" "$folder.new"' EXIT
    chmod 755 "$staging"
    say "nginx: fetching Debian's package (0.6 MB) ..."
    cd "$staging" || exit 78
    if ! within 120 apt-get -q download nginx >"$staging/log" 2>&1; then
        warn "nginx: its package could not be fetched ($(grep -E '^(E|Err)' "$staging/log" | tail -n 1)); if its lists are old: apt-get update"
        exit 78
    fi
    rm -rf "$folder.new" && mkdir -p "$folder.new"
    dpkg --extract "$staging"/nginx_*.deb "$folder.new" || exit 78
    rm -rf "$folder.new"/usr/share "$folder.new"/{etc,var} "$folder"
    if ! "$folder.new/usr/sbin/nginx" -v >"$staging/log" 2>&1; then
        warn "nginx: the unpacked package does not run here ($(tail -n 1 "$staging/log"))"
        exit 78
    fi
    mv "$folder.new" "$folder"
)

# setup_portkey FOLDER: by npm. With the versions that a plain install takes for two of its packages, every streamed answer
# is a status 500, so those are pinned.
setup_portkey() {
    local folder=$1
    [ ! -f "$folder/node_modules/@portkey-ai/gateway/build/start-server.js" ] || return 0
    if ! have npm || ! have node; then
        warn "Portkey's gateway: it needs node and npm"
        return 78
    fi
    say "Portkey's gateway $PORTKEY_VERSION: downloading by npm (24 MB) ..."
    mkdir -p "$folder"
    printf '{ "private": true, "overrides": { "@hono/node-server": "1.3.3", "hono": "4.9.7" } }\n' >"$folder/package.json"
    if ! within 300 npm install --prefix "$folder" --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error \
        "@portkey-ai/gateway@$PORTKEY_VERSION" >"$folder/npm.log" 2>&1; then
        warn "Portkey's gateway did not install by npm ($(grep -v '^npm warn' "$folder/npm.log" | head -n 1)); see $folder/npm.log"
        return 78
    fi
}
