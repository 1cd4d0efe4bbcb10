#!/bin/sh
# Make .venv and install requirements.txt into it. On Debian as root, installs what venv itself needs.
set -eu

find_python() {
    for name in python3.11 python3.12 python3.13 python3; do
        if command -v "$name" >/dev/null 2>&1 && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
            echo "$name"
            return
        fi
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

python=$(find_python)
if [ -z "$python" ] || ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "需要 Python 3.11 或更新版本（含 venv），请安装后重试。" >&2
        exit 2
    fi
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3 python3-venv
    python=$(find_python)
fi
if [ -z "$python" ]; then
    echo "没有找到 Python 3.11 或更新版本，请安装后重试。" >&2
    exit 2
fi

[ -x .venv/bin/python ] || "$python" -m venv .venv
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
