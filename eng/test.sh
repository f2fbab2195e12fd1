# All tests, on the real servers, with one line at the end that a machine can read.
# shellcheck shell=bash

run_test() {
    local filter=()
    while [ $# -gt 0 ]; do
        case $1 in
            --filter)
                [ $# -gt 1 ] || fail "--filter needs a value (./chatapp help)"
                filter=(--filter "$2")
                shift 2
                ;;
            *) fail "test does not know '$1' (./chatapp help)" ;;
        esac
    done
    # The tests start the stack the local way, whatever else the machine has.
    export ChatApp__RunOn=local
    setup_all
    setup_chromium || exit
    build ChatApp.Tests

    local results=$ROOT/.artifacts/test-results code=0 audited=0
    audit_dependencies || audited=1
    rm -rf "$results"
    (cd "$ROOT" && dotnet test ChatApp.Tests --configuration Release --no-build --nologo "${filter[@]}" \
        --results-directory "$results" --logger "trx;LogFileName=chatapp.trx" --logger "console;verbosity=normal" \
        --blame-hang-timeout 10m --blame-hang-dump-type none) || code=$?
    count_results "$results/chatapp.trx" || code=1
    return $((code != 0 ? code : audited))
}

# Prints what failed and the closing line from the results file's counters. No result, or not one test, is a failure.
count_results() {
    local counters total executed passed
    counters=$(grep -o '<Counters [^>]*>' "$1" 2>/dev/null | head -n 1) || true
    list_failed "$1"
    if [ -z "$counters" ]; then
        warn "the tests left no results"
        echo "0 passed, 1 failed, 0 skipped"
        return 1
    fi
    total=$(counter total "$counters") executed=$(counter executed "$counters") passed=$(counter passed "$counters")
    echo "$passed passed, $((executed - passed)) failed, $((total - executed)) skipped"
    [ "$passed" -gt 0 ] && [ "$executed" -eq "$passed" ]
}

# What failed and the first line of why, once more: among thousands of lines nobody finds it.
list_failed() {
    [ -f "$1" ] || return 0
    awk '
        function plain(text) {
            gsub(/&quot;/, "\"", text); gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&#x[AaDd];/, " ", text)
            gsub(/&amp;/, "\\&", text)
            return text
        }
        /<UnitTestResult / {
            failed = /outcome="Failed"/
            if (failed && match($0, /testName="[^"]*"/)) print "failed: " plain(substr($0, RSTART + 10, RLENGTH - 11))
        }
        failed && /<Message>/ {
            sub(/.*<Message>/, ""); sub(/<\/Message>.*/, "")
            print "    " plain($0)
            failed = 0
        }' "$1"
}

counter() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$2"; }
