#!/usr/bin/env bash
# @rspack/core 2.3.2, webpack 5.112.1 and typescript 7.0.2, where they meet
#
# A library asks for late code once more by an address that it knows at run time only, as after a lost connection:
# `import(/* webpackIgnore: true */ address)`. TypeScript compiles it with `rewriteRelativeImportExtensions`, which puts a call
# around what is no literal, and the comment into that call.
# One would guess: the comment counts for both bundlers as before, and the browser's own `import()` is left in the bundle.
# What happens: webpack finds the comment wherever it is between the parentheses. Rspack looks before the first argument alone: it
# makes a module of its own of the import, which knows no file, and warns. At run time that import always fails.
# Why it matters: an uploader whose code is loaded late cannot get it again after a moment without network, in apps bundled by
# Rspack or Rsbuild alone, and no test of the library's sources shows it.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
echo '{"private":true}' >package.json
npm install --silent --no-audit --no-fund @rspack/core@2.3.2 webpack@5.112.1 typescript@7.0.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
mkdir src
echo 'export const again = (address: string): Promise<unknown> => import(/* webpackIgnore: true */ address);' >src/again.ts
for rewrite in false true; do
  echo "{\"compilerOptions\":{\"module\":\"esnext\",\"moduleResolution\":\"bundler\",\"target\":\"es2022\",\"rootDir\":\"src\",\"outDir\":\"$rewrite\",\"rewriteRelativeImportExtensions\":$rewrite},\"files\":[\"src/again.ts\"]}" >"$rewrite.json"
  npx tsc --project "$rewrite.json"
  grep -o 'import(.*' "$rewrite/again.js"
done
cat >bundle.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { rspack } from '@rspack/core';
import webpack from 'webpack';
for (const [name, bundle] of Object.entries({ webpack, rspack }))
  for (const rewrite of [false, true]) {
    const path = `${import.meta.dirname}/${name}-${rewrite}`;
    const stats = await new Promise((resolve, reject) =>
      bundle(
        {
          mode: 'production',
          context: import.meta.dirname,
          entry: `./${rewrite}/again.js`,
          optimization: { minimize: false },
          output: { path, filename: 'out.js', library: { type: 'commonjs' } },
        },
        (error, result) => (error ? reject(error) : resolve(result)),
      ),
    );
    const isNative = /[^\w.]import\(/.test(readFileSync(`${path}/out.js`, 'utf8'));
    console.log(`${name}, rewritten ${rewrite}: ${isNative ? 'left to the browser' : 'a module of the bundle'}, ${stats.hasWarnings() ? 'warned' : 'no warning'}`);
  }
EOF
timeout 120 node bundle.mjs | tee seen
diff <(cat <<'EOF'
webpack, rewritten false: left to the browser, no warning
webpack, rewritten true: left to the browser, no warning
rspack, rewritten false: left to the browser, no warning
rspack, rewritten true: a module of the bundle, warned
EOF
) seen
