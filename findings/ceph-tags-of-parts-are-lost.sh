#!/usr/bin/env bash
# Ceph RADOS Gateway 16.2.15 (Debian 12: radosgw, ceph-mon and ceph-osd 16.2.15+ds-0+deb12u2)
#
# An app tags what it uploads, for lifecycle rules and for its bills: `x-amz-tagging: team=films` with PutObject, and with
# CreateMultipartUpload where the file goes in parts, as S3's documentation has it.
# One would guess: both objects have the tag; or the start of the upload is refused.
# What happens: both are 200. The object that was put in one request has its tag, the one in parts has none, though its metadata,
# which came beside the tag with the same request, are kept.
# Why it matters: rules and bills by tag hold for small files only, and nothing says so. PutObjectTagging afterwards works.
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

ask() { # METHOD PATH QUERY BODY [HEADER VALUE]…: status, ETag, metadata and text of the answer
  /usr/bin/python3 - "http://127.0.0.1:$port" "$@" <<'EOF'
import datetime, hashlib, hmac, sys, urllib.error, urllib.request
store, method, path, query, body, *more = sys.argv[1:]
body = body.encode()
now = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
digest = hashlib.sha256(body).hexdigest()
headers = {'host': store[7:], 'x-amz-content-sha256': digest, 'x-amz-date': now, **dict(zip(more[::2], more[1::2]))}
names = ';'.join(sorted(headers))
lines = ''.join(f'{name}:{headers[name]}\n' for name in sorted(headers))
request = f'{method}\n/{path}\n{query}\n{lines}\n{names}\n{digest}'
scope = f'{now[:8]}/us-east-1/s3/aws4_request'
text = f'AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}'
key = b'AWS4a-secret'
for part in (now[:8], 'us-east-1', 's3', 'aws4_request'):
    key = hmac.new(key, part.encode(), hashlib.sha256).digest()
signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
headers['authorization'] = f'AWS4-HMAC-SHA256 Credential=key/{scope}, SignedHeaders={names}, Signature={signature}'
data = body if method in ('PUT', 'POST') else None
asked = urllib.request.Request(f'{store}/{path}?{query}', method=method, headers=headers, data=data)
try:
    answer = urllib.request.urlopen(asked, timeout=60)
    said = [answer.status, answer.headers.get('etag', '-'), answer.headers.get('x-amz-meta-film', '-')]
    print(*said, answer.read().decode())
except urllib.error.HTTPError as error:
    print(error.code, '- -', error.read().decode())
EOF
}
start=(x-amz-tagging team=films x-amz-meta-film yes)
tag='<Key>team</Key><Value>films</Value>'
tags() { ask GET "$1" tagging= '' | grep -o "$tag" || echo none; }
ask PUT uploads '' '' >/dev/null
ask PUT uploads/whole '' hello "${start[@]}" >/dev/null
id=$(ask POST uploads/parts uploads= '' "${start[@]}" | grep -o '<UploadId>[^<]*' | cut -d'>' -f2)
read -r _ etag _ < <(ask PUT uploads/parts "partNumber=1&uploadId=$id" hello)
part="<Part><PartNumber>1</PartNumber><ETag>$etag</ETag></Part>"
ask POST uploads/parts "uploadId=$id" "<CompleteMultipartUpload>$part</CompleteMultipartUpload>" >/dev/null
whole=$(tags uploads/whole)
parts=$(tags uploads/parts)
read -r _ _ meta _ < <(ask GET uploads/parts '' '')
ask PUT uploads/parts tagging= "<Tagging><TagSet><Tag>$tag</Tag></TagSet></Tagging>" >/dev/null
later=$(tags uploads/parts)
echo "Ceph RADOS Gateway $version"
echo "guess: the object in one request and the one in parts both have the tag that came with their start"
echo "seen:  in one request: $whole; in parts: $parts (metadata: $meta); tagged afterwards: $later"
[ "$whole|$parts|$meta|$later" = "$tag|none|yes|$tag" ]
