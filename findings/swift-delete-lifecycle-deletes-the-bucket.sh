#!/usr/bin/env bash
# OpenStack Swift 2.30.1 (Debian 12: swift-proxy 2.30.1-0+deb12u3 and its account, container and object servers), with s3api
#
# A clean-up takes the lifecycle rules of a bucket away, by DELETE /bucket?lifecycle, as every S3 SDK does it. The bucket is empty.
# One would guess: 204 and the rules are gone, or 501 NotImplemented, since Swift has no lifecycle rules (DELETE ?cors is 501).
# What happens: s3api passes over the query it does not know. DELETE /bucket?lifecycle is DELETE /bucket: 204, and the bucket is
# gone. Likewise PUT /bucket?lifecycle of a new name creates a bucket or is MalformedXML, and GET ?lifecycle lists objects with 200.
# Why it matters: a tool that sets up or resets the rules of a bucket for uploads deletes it. Ask GET ?lifecycle first, and go on
# only where the answer is a <LifecycleConfiguration> or NoSuchLifecycleConfiguration.
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
for _ in $(seq 300); do curl -fs "$store/healthcheck" >/dev/null 2>&1 && break; sleep 0.3; done

signed() { # METHOD PATH: the status; curl cannot sign for a key with a colon, as Swift's are
  /usr/bin/python3 - "$store" "$1" "$2" <<'EOF'
import datetime, hashlib, hmac, sys, urllib.error, urllib.request
store, method, path = sys.argv[1:]
path, _, query = path.partition('?')
query = query and query + '='
host = store[7:]
now = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
empty = hashlib.sha256(b'').hexdigest()
names = 'host;x-amz-content-sha256;x-amz-date'
request = f'{method}\n/{path}\n{query}\nhost:{host}\nx-amz-content-sha256:{empty}\nx-amz-date:{now}\n\n{names}\n{empty}'
scope = f'{now[:8]}/us-east-1/s3/aws4_request'
text = f'AWS4-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}'
key = b'AWS4a-secret'
for part in (now[:8], 'us-east-1', 's3', 'aws4_request'):
    key = hmac.new(key, part.encode(), hashlib.sha256).digest()
signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
credential = f'AWS4-HMAC-SHA256 Credential=test:tester/{scope}, SignedHeaders={names}, Signature={signature}'
headers = {'x-amz-content-sha256': empty, 'x-amz-date': now, 'authorization': credential}
url = f'{store}/{path}' + (query and '?' + query)
try:
    print(urllib.request.urlopen(urllib.request.Request(url, method=method, headers=headers), timeout=60).status)
except urllib.error.HTTPError as error:
    print(error.code)
EOF
}
created=$(signed PUT uploads)
head=$(signed HEAD uploads)
cors=$(signed DELETE 'uploads?cors')
still=$(signed HEAD uploads)
lifecycle=$(signed DELETE 'uploads?lifecycle')
after=$(signed HEAD uploads)
echo "OpenStack Swift $version with s3api, an empty bucket"
echo "create: $created, HEAD: $head; DELETE ?cors: $cors, HEAD: $still"
echo "guess: DELETE ?lifecycle is 204 or 501, and the bucket is there (HEAD 200)"
echo "seen:  DELETE ?lifecycle: $lifecycle, HEAD: $after"
[ "$created $head $cors $still $lifecycle $after" = '200 200 501 200 204 404' ]
