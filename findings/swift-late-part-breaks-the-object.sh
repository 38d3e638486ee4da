#!/usr/bin/env bash
# OpenStack Swift 2.30.1 (Debian 12: swift-proxy 2.30.1-0+deb12u3 and its account, container and object servers), with s3api
#
# A part of an upload is sent once more after CompleteMultipartUpload: a late retry, with other bytes than before (the file has
# changed meanwhile). The signed URL of the part is still valid.
# One would guess: 404 NoSuchUpload, as S3 and Ceph say. At worst the object has the new bytes.
# What happens: 200. The object is then neither the old nor the new one: GET is 409 BrokenMPU, for good. HEAD goes on to say 200,
# with the size and the ETag of before, and it stands in every list.
# Why it matters: who looks at a finished upload by HEAD finds nothing wrong with a file that nobody can read any more. A copy that
# is made at once is a file of its own, and survives; so does a part that comes late with the same bytes.
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
upload = in_parts('uploads/a')
before = ask('HEAD', 'uploads/a')
same = ask('PUT', f'uploads/a?partNumber=1&uploadId={upload}', b'hello')[0]
still = ask('GET', 'uploads/a')
ask('PUT', 'uploads/copy', x_amz_copy_source='/uploads/a')
late = ask('PUT', f'uploads/a?partNumber=1&uploadId={upload}', b'other')[0]
head, get, copy = ask('HEAD', 'uploads/a'), ask('GET', 'uploads/a'), ask('GET', 'uploads/copy')
is_same = (head[1]['etag'], head[1]['content-length']) == (before[1]['etag'], before[1]['content-length'])
print(f'the same part after Complete: {same}, GET: {still[0]} {still[2]}')
print('guess: another part after Complete: 404 NoSuchUpload, HEAD: 200, GET: 200 hello')
print(f'seen:  another part after Complete: {late}, HEAD: {head[0]}, {"as before" if is_same else "changed"}, GET: {get[0]}; the copy: {copy[0]} {copy[2]}')
sys.exit([same, still[2], late, head[0], is_same, get[0], copy[2]] != ['200', 'hello', '200', '200', True, '409 BrokenMPU', 'hello'])
EOF
echo "OpenStack Swift $version with s3api"
/usr/bin/python3 client.py "$store"
