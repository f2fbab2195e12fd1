# The .NET SDK is the one thing that must be there already.
# shellcheck shell=bash

# Finds an SDK that global.json accepts, also where it is not on PATH, and sets DOTNET_ROOT for the programs it built.
setup_dotnet() {
    local folder
    for folder in "" /usr/share/dotnet /usr/lib/dotnet "$HOME/.dotnet"; do
        if [ -n "$folder" ]; then
            [ -x "$folder/dotnet" ] || continue
            PATH=$folder:$PATH
        fi
        if have dotnet && (cd "$ROOT" && dotnet --version) >/dev/null 2>&1; then
            DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
            export PATH DOTNET_ROOT DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1
            return 0
        fi
    done
    warn "the .NET SDK 10.0 is not installed: https://dotnet.microsoft.com/download/dotnet/10.0 (on Debian: add Microsoft's feed, then apt-get install dotnet-sdk-10.0)"
    return 78
}
