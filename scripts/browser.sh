#!/bin/sh
# The browser tests need Chromium and a Chinese font; on Debian as root they are installed here, elsewhere this says what to do.
set -eu

missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
if ! command -v fc-list >/dev/null 2>&1 || ! fc-list :lang=zh | grep -q .; then
    missing="$missing fontconfig fonts-noto-cjk"
fi
[ -z "$missing" ] && exit 0

if ! command -v apt-get >/dev/null 2>&1; then
    echo "浏览器测试需要 Chromium 和一种中文字体，请安装后重试：$missing" >&2
    exit 2
fi
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
as_root apt-get update -qq
# shellcheck disable=SC2086
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
