#!/usr/bin/env bash
# OpenStack Swift 2.30.1 (Debian 12: swift-proxy 2.30.1-0+deb12u3 and its account, container and object servers), with s3api
#
# An upload server checks a file that came in parts, and copies it to its place, if it is still the one that was checked:
# CopyObject with x-amz-copy-source-if-match and the ETag that HEAD has just told.
# One would guess: 200, as it is for an object that came in one piece, and as GET with If-Match and the same ETag is.
# What happens: 412 PreconditionFailed, always. s3api tells an ETag of S3's form (of the parts, with -1 behind), and compares the
# header with the one that Swift itself has of the list of segments. GET knows both; the copy knows only Swift's.
# Why it matters: "it has changed in the meantime" is what a program reads from a 412, and refuses a good file. Copy without the
# condition; where a segment was replaced, the copy fails by itself.
set -euo pipefail
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done; wait 2>/dev/null || true; rm -rf "$dir"' EXIT
mkdir -p "$dir"/archives/partial "$dir"/root "$dir"/etc "$dir"/disks/one
cd "$dir"
version=2.30.1-0+deb12u3
apt-get install --yes --download-only --reinstall --no-install-recommends -o "Dir::Cache::archives=$dir/archives" \
  -o Debug::NoLocking=1 swift-{proxy,account,container,object}=$version memcached >apt.log 2>&1 || { cat apt.log; exit 1; }
for package in archives/*.deb; do dpkg -x "$package" root; done
library=$(uname -m)-linux-gnu
export LD_LIBRARY_PATH="$dir/root/lib/$library:$dir/root/usr/lib/$library" PATH="$dir/root/usr/bin:$PATH"
export PYTHONPATH="$dir/root/usr/lib/python3/dist-packages" PYTHONDONTWRITEBYTECODE=1
read -r account container object proxy cache < <(/usr/bin/python3 -c '
import socket
held = [socket.socket() for _ in range(5)]
for each in held: each.bind(("127.0.0.1", 0))
print(*[each.getsockname()[1] for each in held])')

cat >etc/swift.conf <<'EOF'
[swift-hash]
swift_hash_path_suffix = a
swift_hash_path_prefix = b
[storage-policy:0]
name = one
default = yes
EOF
common="[DEFAULT]
bind_ip = 127.0.0.1
swift_dir = $dir/etc
devices = $dir/disks
mount_check = false
user = $(id -un)
workers = 1
log_level = ERROR"
start() { # Swift's own commands look for swift.conf in /etc alone.
  /usr/bin/python3 -c 'import sys
from swift.common import utils
utils.set_swift_dir(sys.argv[1])
from swift.common.wsgi import run_wsgi
sys.exit(run_wsgi(sys.argv[2], sys.argv[3]))' "$dir/etc" "$dir/etc/$1.conf" "$1" >"$1.log" 2>&1 &
  pids+=($!)
}
for name in account container object; do
  swift-ring-builder "etc/$name.builder" create 2 1 0 >/dev/null
  swift-ring-builder "etc/$name.builder" add "r1z1-127.0.0.1:${!name}/one" 1 >/dev/null
  swift-ring-builder "etc/$name.builder" rebalance >/dev/null
  printf '%s\nbind_port = %s\n[pipeline:main]\npipeline = %s-server\n[app:%s-server]\nuse = egg:swift#%s\n' \
    "$common" "${!name}" "$name" "$name" "$name" >"etc/$name-server.conf"
  start "$name-server"
done
filters='catch_errors gatekeeper healthcheck proxy_logging memcache listing_formats bulk s3api tempauth copy slo dlo versioned_writes symlink'
{
  printf '%s\nbind_port = %s\n[pipeline:main]\npipeline = %s proxy-server\n' "$common" "$proxy" "$filters"
  printf '[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n'
  for name in $filters; do
    printf '[filter:%s]\nuse = egg:swift#%s\n' "$name" "$name"
    [ "$name" != tempauth ] || printf 'user_test_tester = a-secret .admin\n'
    [ "$name" != memcache ] || printf 'memcache_servers = 127.0.0.1:%s\n' "$cache"
  done
} >etc/proxy-server.conf
memcached -l 127.0.0.1 -p "$cache" -U 0 -u "$(id -un)" &
pids+=($!)
start proxy-server
store=http://127.0.0.1:$proxy
for _ in $(seq 300); do curl -fs "$store/healthcheck" >/dev/null 2>&1 && curl -s "http://127.0.0.1:$account/" >/dev/null && curl -s "http://127.0.0.1:$container/" >/dev/null && curl -s "http://127.0.0.1:$object/" >/dev/null && break; sleep 0.3; done

cat >client.py <<'EOF'
import datetime, hashlib, hmac, re, sys, urllib.error, urllib.request
store = sys.argv[1]
def ask(method, path, body=b'', **more):  # the status, S3's code, the headers and the text
    path, _, query = path.partition('?')
    query = '&'.join(each if '=' in each else each + '=' for each in sorted(query.split('&'))) if query else ''
    now = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
    digest = hashlib.sha256(body).hexdigest()
    headers = {'host': store[7:], 'x-amz-content-sha256': digest, 'x-amz-date': now}
    headers |= {name.replace('_', '-'): value for name, value in more.items()}
    names = ';'.join(sorted(headers))
    lines = ''.join(f'{name}:{headers[name]}\n' for name in sorted(headers))
    request = f'{method}\n/{path}\n{query}\n{lines}\n{names}\n{digest}'
    scope = f'{now[:8]}/us-east-1/s3/aws4_request'
    text = f'AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}'
    key = b'AWS4a-secret'
    for part in (now[:8], 'us-east-1', 's3', 'aws4_request'):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    headers['authorization'] = f'AWS4-HMAC-SHA256 Credential=test:tester/{scope}, SignedHeaders={names}, Signature={signature}'
    url = f'{store}/{path}' + (query and '?' + query)
    try:
        answer = urllib.request.urlopen(urllib.request.Request(url, body or None, headers, method=method), timeout=60)
    except urllib.error.HTTPError as error:
        answer = error
    text = answer.read().decode()
    code = re.search('<Code>(.*?)</Code>', text)
    return f'{answer.status if hasattr(answer, "status") else answer.code} {code[1] if code else ""}'.strip(), answer.headers, text
def in_parts(path):  # an object of one small part; its upload
    upload = re.search('<UploadId>(.*?)<', ask('POST', f'{path}?uploads')[2])[1]
    etag = ask('PUT', f'{path}?partNumber=1&uploadId={upload}', b'hello')[1]['etag']
    body = f'<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>{etag}</ETag></Part></CompleteMultipartUpload>'
    assert ask('POST', f'{path}?uploadId={upload}', body.encode())[0] == '200'
    return upload
ask('PUT', 'uploads')
in_parts('uploads/parts')
ask('PUT', 'uploads/single', b'hello')
etag = {key: ask('HEAD', f'uploads/{key}')[1]['etag'] for key in ('single', 'parts')}
get = ask('GET', 'uploads/parts', if_match=etag['parts'])[0]
def copy(key):
    condition = {'x_amz_copy_source': f'/uploads/{key}', 'x_amz_copy_source_if_match': etag[key]}
    return ask('PUT', f'uploads/copy-of-{key}', **condition)[0]
print('ETags by HEAD:', etag)
print('guess: GET with If-Match 200; copies with x-amz-copy-source-if-match: in one piece 200, in parts 200')
print(f'seen:  GET with If-Match {get}; copies with x-amz-copy-source-if-match: in one piece {(single := copy("single"))}, in parts {(parts := copy("parts"))}')
sys.exit([get, single, parts] != ['200', '200', '412 PreconditionFailed'])
EOF
echo "OpenStack Swift $version with s3api"
/usr/bin/python3 client.py "$store"
