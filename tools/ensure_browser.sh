#!/bin/sh
# Prints the path of a browser for the browser tests, installing Debian's if there is none.
set -eu

find_browser() {
    for name in chromium chromium-browser google-chrome; do
        if command -v "$name"; then
            return 0
        fi
    done
    return 1
}

if [ -n "${BROWSER_BIN:-}" ]; then
    if [ -x "$BROWSER_BIN" ]; then
        echo "$BROWSER_BIN"
        exit 0
    fi
    echo "BROWSER_BIN is $BROWSER_BIN, which is not a program." >&2
    exit 1
fi

find_browser && exit 0

install="apt-get install -y --no-install-recommends chromium fonts-noto-core"
if [ "$(id -u)" = 0 ]; then
    as_root=""
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    as_root="sudo -n"
else
    as_root="impossible"
fi

if command -v apt-get >/dev/null && [ "$as_root" != "impossible" ]; then
    echo "Installing Chromium for the browser tests." >&2
    # The list of packages of a fresh machine is empty or old; a mirror that is away must not stop us
    # if the list that we have is good enough.
    $as_root apt-get update -qq >&2 || true
    $as_root env DEBIAN_FRONTEND=noninteractive $install -qq >&2 || true
    find_browser && exit 0
fi

if command -v apt-get >/dev/null; then
    echo "The browser tests need a browser. Type: sudo $install" >&2
else
    echo "The browser tests need a browser. Install Chromium, then type: BROWSER_BIN=/path/to/it make test" >&2
fi
exit 1
