# The Aspire CLI, which brings the dashboard, and (where Blazor's script package does not restore) that script.
# shellcheck shell=bash

ASPIRE_CLI_VERSION=13.5.4
ASPIRE_CLI_PACKAGE=@microsoft/aspire-cli-linux-x64

# Sets ASPIRE_CLI_PATH and ASPIRE_CLI_HOME, whether or not anything is there yet.
# The CLI unpacks its bundle under HOME; a private one keeps it out of the user's and beside the other tools.
aspire_cli_paths() {
    export ASPIRE_CLI_PATH=$1/node_modules/$ASPIRE_CLI_PACKAGE/bin/aspire
    export ASPIRE_CLI_HOME=$1/home
}

# setup_aspire_cli FOLDER
setup_aspire_cli() {
    local folder=$1
    aspire_cli_paths "$folder"
    if [ -x "$ASPIRE_CLI_PATH" ] && blazor_script_source >/dev/null; then
        return 0
    fi
    if [ "$(uname -sm)" != "Linux x86_64" ]; then
        warn "the Aspire CLI is set up on Linux x64 only; on this machine install it yourself (https://aspire.dev)"
        return 78
    fi
    if ! have npm; then
        apt_install "$LOGS/apt.log" nodejs npm || return 78
    fi
    if [ ! -x "$ASPIRE_CLI_PATH" ]; then
        say "Aspire CLI $ASPIRE_CLI_VERSION: downloading by npm (125 MB) ..."
        mkdir -p "$folder"
        # A private package.json, or npm would look for one further up and write into it.
        [ -f "$folder/package.json" ] || printf '{ "private": true }\n' >"$folder/package.json"
        if ! within 600 npm install --prefix "$folder" --no-save --no-audit --no-fund --no-update-notifier --loglevel=error \
            "$ASPIRE_CLI_PACKAGE@$ASPIRE_CLI_VERSION" >"$folder/npm.log" 2>&1; then
            warn "the Aspire CLI did not install by npm ($(grep -v '^npm warn' "$folder/npm.log" | head -n 1)); see $folder/npm.log"
            return 78
        fi
    fi
    say "Aspire CLI: unpacking the dashboard ..."
    mkdir -p "$ASPIRE_CLI_HOME"
    # Its check-up of the machine may well find fault and exit with an error; only the unpacking matters here. It runs in
    # an empty folder, or it would go looking for AppHosts to ask.
    (cd "$ASPIRE_CLI_HOME" && HOME=$ASPIRE_CLI_HOME DOTNET_CLI_TELEMETRY_OPTOUT=1 ASPIRE_CLI_TELEMETRY_OPTOUT=true \
        timeout 180 "$ASPIRE_CLI_PATH" doctor --non-interactive >"$folder/unpack.log" 2>&1 </dev/null) || true
    if ! blazor_script_source >/dev/null; then
        warn "the Aspire CLI did not unpack its bundle; see $folder/unpack.log"
        return 78
    fi
}

blazor_script_source() {
    local script
    # The folder's name is the version and a hash.
    script=$(compgen -G "$ASPIRE_CLI_HOME/.aspire/versions/$ASPIRE_CLI_VERSION*/managed/wwwroot/framework/blazor.web.10.js" | head -n 1)
    [ -n "$script" ] && printf '%s\n' "$script"
}

# setup_blazor_script WWWROOT
setup_blazor_script() {
    local script target=$1/_framework/blazor.web.js
    script=$(blazor_script_source) || { warn "Blazor's script is not in the Aspire CLI's bundle"; return 78; }
    if ! cmp --silent "$script" "$target"; then
        install -D --mode=644 "$script" "$target"
    fi
}
