#!/usr/bin/env bash
# find-tool.sh postgres|redis|llama FOLDER: prints where the tool is, or fails. The AppHost asks before it starts anything.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/../find.sh"
case $1 in
    postgres) find_postgres_bin "" ;;
    redis) find_redis ;;
    llama) find_llama_server "$2" ;;
    *) exit 64 ;;
esac
