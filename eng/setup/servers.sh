# Postgres, Redis, poppler and (for the tests) Chromium: Debian's own packages.
# shellcheck shell=bash

setup_postgres() { find_postgres_bin >/dev/null || apt_install "$LOGS/apt.log" postgresql; }

setup_redis() { find_redis >/dev/null || apt_install "$LOGS/apt.log" redis-server; }

# Wanted where the packages are stood in for: PDFs are read by it there.
setup_poppler() { find_poppler >/dev/null || apt_install "$LOGS/apt.log" poppler-utils; }

# The shell is the same browser without windows, and a third faster.
find_chromium() { command -v chromium-headless-shell || command -v chromium || command -v chromium-browser || command -v google-chrome; }

# Fonts, because a page without an emoji font shows boxes in the screenshots.
setup_chromium() {
    local fonts=(fonts-noto-color-emoji fonts-dejavu-core)
    find_chromium >/dev/null || apt_install "$LOGS/apt.log" chromium-headless-shell "${fonts[@]}" \
        || apt_install "$LOGS/apt.log" chromium "${fonts[@]}" || return
    CHROMIUM_PATH=$(find_chromium) || return
    export CHROMIUM_PATH
}
