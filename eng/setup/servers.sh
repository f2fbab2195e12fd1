# Postgres, Redis and (for the tests) Chromium: Debian's own packages.
# shellcheck shell=bash

setup_postgres() { find_postgres_bin >/dev/null || apt_install "$LOGS/apt.log" postgresql; }

setup_redis() { find_redis >/dev/null || apt_install "$LOGS/apt.log" redis-server; }

find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

# Fonts, because a page without an emoji font shows boxes in the screenshots.
setup_chromium() {
    find_chromium >/dev/null || apt_install "$LOGS/apt.log" chromium fonts-noto-color-emoji fonts-dejavu-core
    CHROMIUM_PATH=$(find_chromium)
    export CHROMIUM_PATH
}
