#!/usr/bin/env bash
# nginx 1.22.1 (Debian 12), curl 7.88 or newer
#
# nginx hands uploads to a store: `location / { proxy_pass http://store/; }`. The slash at the end looks like tidiness.
# One would guess: the store gets the path that the browser sent, as without the slash; most names do arrive so.
# What happens: with it, nginx decodes the path, tidies it up and encodes it anew. `//` becomes `/`, `%2F` becomes a slash, `%2B`
# a bare plus. Spaces and umlauts come through unchanged, so it is noticed late.
# Why it matters: S3 signs the path. The keys `a//c` and `a%2Fc` are then refused as SignatureDoesNotMatch, or, where nothing is
# signed, stored as `a/c`, over another file. Without the slash the path is handed on byte for byte.
set -euo pipefail
dir=$(mktemp -d)
chmod 755 "$dir"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq nginx >apt.log 2>&1 || { apt-get update -qq >apt.log 2>&1 && apt-get download -qq nginx >>apt.log 2>&1; } || { cat apt.log; exit 1; }
dpkg -x nginx_*.deb root
free() { node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }
STORE=$(free)
PLAIN=$(free)
SLASH=$(free)
node -e "require('http').createServer((q,r)=>r.end(q.url)).listen($STORE,'127.0.0.1')" &
pids+=($!)
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
  server { listen 127.0.0.1:$PLAIN; location / { proxy_pass http://127.0.0.1:$STORE; } }
  server { listen 127.0.0.1:$SLASH; location / { proxy_pass http://127.0.0.1:$STORE/; } }
}
END
timeout 60 root/usr/sbin/nginx -e error.log -c "$dir/nginx.conf" -p "$dir" &
pids+=($!)
for port in "$STORE" "$SLASH"; do curl -s --retry 50 --retry-connrefused --retry-delay 0 --retry-max-time 20 -o /dev/null "http://127.0.0.1:$port/"; done
root/usr/sbin/nginx -v
echo 'guess: all as they were sent'
all=
for path in /bucket/a%20c /bucket/%C3%BC /bucket/a//c /bucket/a%2Fc /bucket/a%2Bc; do
  plain=$(curl -s -m 20 --path-as-is "http://127.0.0.1:$PLAIN$path")
  slash=$(curl -s -m 20 --path-as-is "http://127.0.0.1:$SLASH$path")
  echo "sent: $path  without the slash: $plain  with it: $slash"
  [ "$plain" = "$path" ] || exit 1
  all="$all $slash"
done
[ "$all" = ' /bucket/a%20c /bucket/%C3%BC /bucket/a/c /bucket/a/c /bucket/a+c' ]
