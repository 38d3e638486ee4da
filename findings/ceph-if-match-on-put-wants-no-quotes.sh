#!/usr/bin/env bash
# Ceph RADOS Gateway 16.2.15 (Debian 12: radosgw, ceph-mon and ceph-osd 16.2.15+ds-0+deb12u2)
#
# An app replaces an object only while it is what it was: PUT with `If-Match: "<ETag>"`, the ETag as the store gave it, in quotes.
# One would guess: 200, since nothing has changed; and 412 for another ETag.
# What happens: 412 for the right ETag too. On PUT the gateway compares the header's text, quotes and all, with the ETag without
# them; without quotes (no valid ETag in HTTP) it is 200. On GET either form is right. The other way round, `If-None-Match:
# "<ETag>"` on PUT never holds anything back.
# Why it matters: optimistic locking by ETag, as SDKs send it, never succeeds on such gateways, and looks like a rival who always
# wins. `If-None-Match: *` needs no quotes and works.
set -euo pipefail
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill -9 "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
mkdir -p "$dir"/archives/partial "$dir"/root "$dir"/{mon,osd,rgw,run,crash}
cd "$dir"
version=16.2.15+ds-0+deb12u2
apt-get install --yes --download-only --reinstall --no-install-recommends -o "Dir::Cache::archives=$dir/archives" \
  -o Debug::NoLocking=1 {radosgw,ceph-mon,ceph-osd,ceph-common}=$version >apt.log 2>&1 || { cat apt.log; exit 1; }
for package in archives/*.deb; do dpkg -x "$package" root; done
library=$dir/root/usr/lib/$(uname -m)-linux-gnu
export LD_LIBRARY_PATH="$dir/root/lib/$(uname -m)-linux-gnu:$library:$library/ceph"
export PATH="$dir/root/usr/bin:$dir/root/sbin:$PATH" PYTHONPATH="$dir/root/usr/lib/python3/dist-packages" PYTHONDONTWRITEBYTECODE=1
read -r monitor port < <(/usr/bin/python3 -c '
import socket
held = [socket.socket() for _ in range(2)]
for each in held: each.bind(("127.0.0.1", 0))
print(*[each.getsockname()[1] for each in held])')
id=$(cat /proc/sys/kernel/random/uuid)
cat >ceph.conf <<EOF
[global]
fsid = $id
mon host = [v2:127.0.0.1:$monitor]
public addr = 127.0.0.1
cluster addr = 127.0.0.1
auth cluster required = none
auth service required = none
auth client required = none
ms mon client mode = crc
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 8
osd crush chooseleaf type = 0
mon allow pool size one = true
run dir = $dir/run
admin socket =
log file = $dir/\$name.log
mon cluster log to file = false
pid file = $dir/run/\$name.pid
crash dir = $dir/crash
keyring = $dir/keyring
erasure code dir = $library/ceph/erasure-code
plugin dir = $library/ceph
osd class dir = $library/rados-classes
[mon.a]
mon data = $dir/mon
[osd.0]
osd data = $dir/osd
osd objectstore = memstore
[client.admin]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw data = $dir/rgw
EOF
{
  monmaptool --create --fsid "$id" --addv a "[v2:127.0.0.1:$monitor]" monmap
  ceph-authtool --create-keyring keyring --gen-key -n mon. --cap mon 'allow *'
  ceph-authtool keyring --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *'
  ceph-mon -c ceph.conf --mkfs -i a --monmap monmap --keyring keyring
  ceph-mon -c ceph.conf -i a -f >mon.out 2>&1 &
  pids+=($!)
  ceph=(/usr/bin/python3 "$dir/root/usr/bin/ceph" -c ceph.conf --connect-timeout 60)
  "${ceph[@]}" osd create
  ceph-osd -c ceph.conf -i 0 --mkfs --osd-uuid "$(cat /proc/sys/kernel/random/uuid)"
  "${ceph[@]}" osd crush add osd.0 1.0 root=default host=localhost
  ceph-osd -c ceph.conf -i 0 -f >osd.out 2>&1 &
  pids+=($!)
  radosgw -c ceph.conf -n client.admin -f >rgw.out 2>&1 &
  pids+=($!)
} >start.log 2>&1 || { cat start.log; exit 1; }
for _ in $(seq 300); do curl -fs "http://127.0.0.1:$port/" >/dev/null 2>&1 && break; sleep 0.3; done
radosgw-admin -c ceph.conf user create --uid a --display-name a --access-key key --secret-key a-secret >user.log 2>&1

signed() { # METHOD PATH [HEADER VALUE]: the status
  /usr/bin/python3 - "http://127.0.0.1:$port" "$@" <<'EOF'
import datetime, hashlib, hmac, sys, urllib.error, urllib.request
store, method, path, *more = sys.argv[1:]
body = b'hello' if method == 'PUT' and '/' in path else b''
now = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
digest = hashlib.sha256(body).hexdigest()
names = 'host;x-amz-content-sha256;x-amz-date'
request = f'{method}\n/{path}\n\nhost:{store[7:]}\nx-amz-content-sha256:{digest}\nx-amz-date:{now}\n\n{names}\n{digest}'
scope = f'{now[:8]}/us-east-1/s3/aws4_request'
text = f'AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}'
key = b'AWS4a-secret'
for part in (now[:8], 'us-east-1', 's3', 'aws4_request'):
    key = hmac.new(key, part.encode(), hashlib.sha256).digest()
signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
credential = f'AWS4-HMAC-SHA256 Credential=key/{scope}, SignedHeaders={names}, Signature={signature}'
headers = {'x-amz-content-sha256': digest, 'x-amz-date': now, 'authorization': credential, **dict([more] if more else [])}
asked = urllib.request.Request(f'{store}/{path}', method=method, headers=headers, data=body if method == 'PUT' else None)
try:
    answer = urllib.request.urlopen(asked, timeout=60)
    print(answer.status, answer.headers.get('etag', ''))
except urllib.error.HTTPError as error:
    print(error.code)
EOF
}
signed PUT uploads >/dev/null
read -r _ etag < <(signed PUT uploads/a)
bare=${etag//\"/}
status() { signed "$@" | cut -d' ' -f1; }
quoted=$(status PUT uploads/a If-Match "$etag")
unquoted=$(status PUT uploads/a If-Match "$bare")
read_quoted=$(status GET uploads/a If-Match "$etag")
none=$(status PUT uploads/a If-None-Match "$etag")
none_any=$(status PUT uploads/a If-None-Match '*')
echo "Ceph RADOS Gateway $version; the ETag of the object is $etag"
echo "guess: PUT If-Match with it 200, GET If-Match with it 200, PUT If-None-Match with it 412"
echo "seen:  PUT If-Match $etag: $quoted (without quotes: $unquoted), GET If-Match: $read_quoted,"
echo "       PUT If-None-Match $etag: $none, PUT If-None-Match *: $none_any"
[ "$quoted $unquoted $read_quoted $none $none_any" = '412 200 200 200 412' ]
