#!/usr/bin/env bash
# nginx 1.22.1 (Debian 12), curl 7.88 or newer
#
# nginx stands before a store and lets pages of other origins in: `add_header Access-Control-Allow-Origin * always` beside its
# `proxy_pass`, in `location /`. `always` is there so that errors can be read too. A signed URL is longer than its buffers.
# One would guess: 414 with that header, since every request is for `location /`, and since 413 has it.
# What happens: 413 has it, 414 has not. A request whose line is too long is answered before its location is looked for, by the
# `server` block alone.
# Why it matters: the page of an upload sees a network error without a status, for presigned URLs with long session tokens
# only. The same line in `server { … }` is on both.
set -euo pipefail
dir=$(mktemp -d)
chmod 755 "$dir"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq nginx >apt.log 2>&1 || { apt-get update -qq >apt.log 2>&1 && apt-get download -qq nginx >>apt.log 2>&1; } || { cat apt.log; exit 1; }
dpkg -x nginx_*.deb root
free() { node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }
INNER=$(free)
OUTER=$(free)
ALLOW='add_header Access-Control-Allow-Origin * always;'
temp() { for kind in client_body proxy fastcgi uwsgi scgi; do echo "${kind}_temp_path $dir/temp-$kind;"; done; }
cat >nginx.conf <<END
$([ "$(id -u)" = 0 ] && echo 'user root;')
daemon off;
pid $dir/nginx.pid;
error_log $dir/error.log;
events {}
http {
  access_log off;
  $(temp)
  server { listen 127.0.0.1:$INNER; location / { $ALLOW proxy_pass http://127.0.0.1:9; } }
  server { listen 127.0.0.1:$OUTER; $ALLOW location = /up { return 204; } location / { proxy_pass http://127.0.0.1:9; } }
}
END
timeout 60 root/usr/sbin/nginx -e error.log -c "$dir/nginx.conf" -p "$dir" &
pids+=($!)
curl -s --retry 50 --retry-connrefused --retry-delay 0 --retry-max-time 20 -o /dev/null "http://127.0.0.1:$OUTER/up"
head -c 2000000 /dev/zero >2MB
LONG=$(head -c 9000 /dev/zero | tr '\0' a)
ask() {
  # Whether the body gets through does not matter: nginx may answer before it is read.
  curl -s -m 20 -o answer -D headers "$@" || true
  tr -d '\r' <headers | awk '/^HTTP/ && $2 != 100 { status = $2 } tolower($1) == "access-control-allow-origin:" { cors = " readable" } END { print status cors }'
}
inner413=$(ask -H 'Expect:' -T 2MB "http://127.0.0.1:$INNER/file")
inner414=$(ask "http://127.0.0.1:$INNER/file?X-Amz-Security-Token=$LONG")
outer414=$(ask "http://127.0.0.1:$OUTER/file?X-Amz-Security-Token=$LONG")
root/usr/sbin/nginx -v
echo 'guess: 413 and 414 can both be read where `add_header … always` stands in `location /`'
echo "seen:  in location: $inner413, $inner414; in server: $outer414"
[ "$inner413|$inner414|$outer414" = '413 readable|414|414 readable' ]
