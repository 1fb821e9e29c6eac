#!/bin/sh
# Makes sure that the web server $1 (nginx or apache2) of Debian is there, without starting it; says where.
export PATH="$PATH:/usr/sbin:/sbin"
command -v "$1" && exit 0
case "$1" in nginx) package=nginx-light ;; *) package="$1" ;; esac
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Debian's $package for the tests ..." >&2
    { apt-get -qq update; RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get -qq -y install --no-install-recommends "$package"; } >/dev/null 2>&1
    command -v "$1" && exit 0
fi
echo "The tests of the examples for proxies need Debian's package '$package'." >&2
exit 1
