#!/usr/bin/env bash
# rclone 1.60.1 (Debian 12: rclone 1.60.1+dfsg-2+b5), `rclone serve webdav`; control: nginx 1.22.1 (Debian 12) with `dav_methods PUT`
#
# A folder or a bucket is served for uploads by `rclone serve webdav`, with the settings that it has by itself. Somebody saves a file
# again, and the connection breaks in the middle of the PUT, whose length was announced.
# One would guess: the file of before, as servers write to a file aside and rename it; or, at worst, no file.
# What happens: what has come, a quarter of the file, replaces the old file under its name. Nothing in the listing tells it from a
# whole one.
# Why it matters: an upload that was broken off destroys the good file, and on a remote the piece is stored for good. A client that
# does not come back leaves it so.
set -euo pipefail
dir=$(mktemp -d)
pids=()
trap 'for pid in "${pids[@]}"; do kill "$pid" 2>"$dir/kill.log" || true; done; rm -rf "$dir"' EXIT
PATH=$PATH:/usr/sbin
for tool in rclone nginx; do
  command -v $tool >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends $tool; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
done
cd "$dir"
chmod 755 .
mkdir -m 777 rclone nginx nginx-temp
ports=$(node -e "const { createServer } = require('node:net'); const all = [createServer(), createServer()]; let n = 0; for (const s of all) s.listen(0, '127.0.0.1', () => { if (++n === 2) { console.log(all.map((s) => s.address().port).join(' ')); for (const s of all) s.close(); } })")
read -r one two <<<"$ports"
rclone --config "$dir/none.conf" serve webdav --addr "127.0.0.1:$one" "$dir/rclone" >rclone.log 2>&1 & pids+=($!)
cat >nginx.conf <<EOF
daemon off; pid $dir/nginx.pid; error_log $dir/nginx.log; events {}
http { access_log off; client_body_temp_path $dir/nginx-temp; client_max_body_size 100m; server { listen 127.0.0.1:$two; root $dir/nginx; dav_methods PUT; } }
EOF
nginx -c "$dir/nginx.conf" >nginx.out 2>&1 & pids+=($!)
for port in $one $two; do for _ in $(seq 100); do (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>probe.log && break; sleep 0.1; done; done
rclone version | sed -n 1p
nginx -v
cat >run.mjs <<'EOF'
import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

const seen = [];
for (const [name, port] of [['rclone', process.argv[2]], ['nginx', process.argv[3]]]) {
  const url = `http://127.0.0.1:${port}/report.doc`;
  const { status } = await fetch(url, { method: 'PUT', body: 'o'.repeat(1000) });
  const put = request(url, { method: 'PUT', headers: { 'content-length': 2_000_000 } });
  put.on('error', () => {});
  put.write(Buffer.alloc(500_000, 'n'));
  await wait(1000);
  put.destroy();
  await wait(2000);
  const text = await (await fetch(url)).text();
  seen.push(`${status} ${text.length} ${text[0]}`);
  console.log(`guess: the old file, 1000 bytes\nseen:  ${text[0] === 'o' ? 'the old file' : 'a piece of the new one'}, ${text.length} bytes (${name})`);
}
process.exit(seen.join() === '201 500000 n,201 1000 o' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs "$one" "$two"
