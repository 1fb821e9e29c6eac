#!/bin/sh
# Prints the path of a Chromium or Chrome for the browser tests. Installs Debian's if it may.
found() {
    for name in "$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable chrome; do
        [ -n "$name" ] && command -v "$name" && return 0
    done
    return 1
}
found && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's chromium for the browser tests ..." >&2
    { apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends chromium; } >/dev/null 2>&1
    found && exit 0
fi
echo "The browser tests need Chromium or Chrome: install Debian's package 'chromium', or set CHROMIUM to its path." >&2
exit 1
