#!/bin/sh
# Makes a folder for what tests write and prints its path: in memory where there is room, or else on the disk.
# Each import waits for the disk some thirty times; what is killed in a test is a process, and loses as little there as
# here. A run needs 1 GB of room, and its processes 5 GB of memory. In a container there is often no room: 64 MB.
room=$(df -Pk /dev/shm 2>/dev/null | awk 'END {print $4 + 0}')
left=$(awk '/^MemAvailable:/ {print $2}' /proc/meminfo 2>/dev/null)
if [ "${room:-0}" -ge 3000000 ] && [ "${left:-0}" -ge 6000000 ] && folder=$(mktemp -d /dev/shm/tests.XXXXXX 2>/dev/null); then
    # Some tests run programs that they write; where memory is for files alone (noexec), that is refused.
    echo '#!/bin/sh' > "$folder/program" && chmod +x "$folder/program"
    if "$folder/program" 2>/dev/null; then
        rm "$folder/program"
        echo "$folder"
        exit 0
    fi
    rm -r "$folder"
fi
mktemp -d
