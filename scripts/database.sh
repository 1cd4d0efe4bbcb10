#!/bin/sh
# The ledger's tests start a PostgreSQL of their own; on Debian it is installed here, elsewhere this says what to do.
set -eu

command -v initdb >/dev/null 2>&1 && exit 0
for program in /usr/lib/postgresql/*/bin/initdb; do
    [ -x "$program" ] && exit 0
done

if ! command -v apt-get >/dev/null 2>&1; then
    echo "台账测试需要 PostgreSQL（任何 13 以后的版本），请安装后重试；没有它时这些测试跳过，设置了 CI=true 时则失败。" >&2
    exit 0
fi
as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}
as_root apt-get update -qq
as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql
