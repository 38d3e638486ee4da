#!/usr/bin/env bash
# s3rver 3.7.1, webdav-server 2.6.3 and rclone 1.60.1 (Debian 12: rclone 1.60.1+dfsg-2+b5, `rclone serve webdav`); control: nginx
# 1.22.1 (Debian 12)
#
# A client sends a large file in pieces, each a PUT to the same URL with `Content-Range: bytes 500-599/1000`, as uploaders do that
# were made for Google's resumable uploads and WebDAV clients that resume (Apache's mod_dav writes the piece where it says).
# One would guess: a server that cannot do this refuses, as HTTP asks it to (RFC 9110, 14.5: 400 Bad Request).
# What happens: all three answer 200 or 201 and replace the whole file with the piece.
# Why it matters: each piece is a success, and so is the upload. What is stored is the last hundred bytes of it.
set -euo pipefail
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>"$dir/kill.log" || true; done; rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin
for tool in rclone nginx; do
  command -v $tool >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends $tool; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
done
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts s3rver@3.7.1 webdav-server@2.6.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
chmod 755 .
mkdir -m 777 rclone nginx nginx-temp webdav
ports=$(node -e "const { createServer } = require('node:net'); const all = [createServer(), createServer()]; let n = 0; for (const s of all) s.listen(0, '127.0.0.1', () => { if (++n === 2) { console.log(all.map((s) => s.address().port).join(' ')); for (const s of all) s.close(); } })")
read -r one two <<<"$ports"
rclone --config "$dir/none.conf" serve webdav --addr "127.0.0.1:$one" "$dir/rclone" >rclone.log 2>&1 & pids+=($!)
cat >nginx.conf <<EOF
daemon off; pid $dir/nginx.pid; error_log $dir/nginx.log; events {}
http { access_log off; client_body_temp_path $dir/nginx-temp; server { listen 127.0.0.1:$two; root $dir/nginx; dav_methods PUT; } }
EOF
nginx -c "$dir/nginx.conf" >nginx.out 2>&1 & pids+=($!)
for port in $one $two; do for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>probe.log && break; sleep 0.1; done; done
rclone version | sed -n 1p
nginx -v
cat >run.mjs <<'EOF'
import S3rver from 's3rver';
import { v2 as webdav } from 'webdav-server';

const store = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: './store', configureBuckets: [{ name: 'bucket' }] });
const server = new webdav.WebDAVServer({ hostname: '127.0.0.1' });
await server.setFileSystemAsync('/', new webdav.PhysicalFileSystem(`${process.cwd()}/webdav`), false);
const places = {
  's3rver 3.7.1': `${(await store.run()).port}/bucket`,
  'webdav-server 2.6.3': String((await server.startAsync(0)).address().port),
  rclone: process.argv[2],
  nginx: process.argv[3],
};
const seen = [];
for (const [name, place] of Object.entries(places)) {
  const url = `http://127.0.0.1:${place}/file.bin`;
  await fetch(url, { method: 'PUT', body: 'o'.repeat(1000) });
  const { status } = await fetch(url, { method: 'PUT', headers: { 'content-range': 'bytes 500-599/1000' }, body: 'n'.repeat(100) });
  const text = await (await fetch(url)).text();
  seen.push(`${status} ${text.length}`);
  console.log(`guess: 400 or 501, and 1000 bytes as before\nseen:  ${status}, and ${text.length} bytes (${name})`);
}
process.exit(seen.join() === '200 100,200 100,201 100,501 1000' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs "$one" "$two"
