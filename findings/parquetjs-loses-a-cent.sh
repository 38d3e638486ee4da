#!/usr/bin/env bash
# @dsnp/parquetjs 1.8.8, read back by hyparquet 1.33.0 as well
#
# An app exports a table to Parquet, with a price column: `{ type: 'DECIMAL', precision: 10, scale: 2 }`, and uploads it.
# One would guess: 1.15 is stored as 1.15. Decimals are there so that money is not rounded.
# What happens: the writer multiplies by 100 and cuts off what is behind the point. 1.15 * 100 is 114.99999999999999 in JavaScript,
# so 1.14 is stored; 19.99 becomes 19.98, and 0.29 becomes 0.28. Of the prices from 0.00 to 99.99, 573 of 10,000 lose a cent.
# Why it matters: the upload succeeds, the file is valid, its checksum is right, and the sums in it are not.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @dsnp/parquetjs@1.8.8 hyparquet@1.33.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import parquet from '@dsnp/parquetjs';
import { parquetReadObjects } from 'hyparquet';

const prices = Array.from({ length: 10_000 }, (_, i) => i / 100);
const writer = await parquet.ParquetWriter.openFile(new parquet.ParquetSchema({ price: { type: 'DECIMAL', precision: 10, scale: 2 } }), 'prices.parquet');
for (const price of prices) await writer.appendRow({ price });
await writer.close();
const bytes = readFileSync('prices.parquet');
const read = (await parquetReadObjects({ file: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) })).map((row) => row.price);
const cursor = (await parquet.ParquetReader.openFile('prices.parquet')).getCursor();
const own = [];
for (let row = await cursor.next(); row; row = await cursor.next()) own.push(row.price);
const wrong = prices.filter((price, i) => read[i] !== price).length;
console.log('@dsnp/parquetjs 1.8.8, hyparquet 1.33.0: prices in a DECIMAL(10, 2)');
for (const price of [1.15, 19.99, 0.29]) console.log(`guess: ${price}\nseen:  ${read[Math.round(price * 100)]} (hyparquet), ${own[Math.round(price * 100)]} (parquetjs)`);
console.log(`guess: 0 of 10,000 wrong\nseen:  ${wrong} of 10,000 wrong`);
process.exit(wrong === 573 && own.join() === read.join() && read[115] === 1.14 ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
