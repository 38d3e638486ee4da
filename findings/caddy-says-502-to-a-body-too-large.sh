#!/usr/bin/env bash
# Caddy 2.6.2 (Debian 12) with reverse_proxy, curl 7.88 or newer
#
# A gateway limits uploads: `request_body { max_size 6MB }` before `reverse_proxy`. A browser sends 7 MB, with its length.
# One would guess: 413, as HTTP has it for a body that is too large, and as Caddy itself says where nothing is proxied.
# What happens: 502 Bad Gateway, as if the store behind were away. The same bytes without a length (chunked) get 413.
# Why it matters: browsers always send the length. An uploader waits a 502 out and sends the file again and again, where
# a 413 would have told it to take smaller parts, or to say that the file is too large.
set -euo pipefail
dir=$(mktemp -d)
chmod 755 "$dir"
pids=()
trap 'kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
cd "$dir"
apt-get download -qq caddy >apt.log 2>&1 || { apt-get update -qq >apt.log 2>&1 && apt-get download -qq caddy >>apt.log 2>&1; } || { cat apt.log; exit 1; }
dpkg -x caddy_*.deb root
free() { node -e "const s=require('net').createServer().listen(0,'127.0.0.1',()=>{console.log(s.address().port);s.close()})"; }
STORE=$(free)
GATE=$(free)
node -e "require('http').createServer((q,r)=>{q.resume().on('error',()=>{}).on('end',()=>r.end('stored'))}).listen($STORE,'127.0.0.1')" &
pids+=($!)
cat >Caddyfile <<END
{
  admin off
  auto_https off
}
http://127.0.0.1:$GATE {
  bind 127.0.0.1
  request_body {
    max_size 6MB
  }
  reverse_proxy 127.0.0.1:$STORE
}
END
HOME=$dir XDG_DATA_HOME=$dir XDG_CONFIG_HOME=$dir timeout 60 root/usr/bin/caddy run --config Caddyfile --adapter caddyfile >caddy.log 2>&1 &
pids+=($!)
curl -s --retry 50 --retry-connrefused --retry-delay 0 --retry-max-time 20 -o /dev/null "http://127.0.0.1:$GATE/"
head -c 5000000 /dev/zero >5MB
head -c 7000000 /dev/zero >7MB
put() { curl -s -m 20 -o /dev/null -w '%{http_code}' "$@" "http://127.0.0.1:$GATE/file"; }
small=$(put -T 5MB)
large=$(put -T 7MB)
chunked=$(put -H 'Transfer-Encoding: chunked' -T 7MB)
echo "Caddy $(root/usr/bin/caddy version), max_size 6MB before reverse_proxy"
echo 'guess: 200 for 5 MB, 413 for 7 MB'
echo "seen:  $small for 5 MB, $large for 7 MB with a length, $chunked for 7 MB without one"
[ "$small $large $chunked" = '200 502 413' ]
