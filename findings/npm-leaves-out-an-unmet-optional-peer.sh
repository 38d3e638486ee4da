#!/usr/bin/env bash
# npm 10 and 11 with @uppy/core 6.3.1, @uppy/react 6.1.1 and @uppy/webcam 6.0.0
#
# `@uppy/react` 6.1.1 names `@uppy/webcam` ^6.0.3 as an optional peer, and no such version is published. One would guess that
# npm either refuses the older 6.0.0 beside it, or installs it with a warning. It warns, ends well (exit 0), and leaves out
# the package that was asked for by name. An uploader's build then fails at `import '@uppy/webcam'`, long after the install.
# Pinned to the versions of before, @uppy/react 6.0.0 with @uppy/components 2.0.0, it is there.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Installs into a folder of its own; says npm's exit code and whether the webcam is there.
try() {
  local at="$folder/$1"
  shift
  mkdir "$at"
  (
    cd "$at"
    npm init -y >/dev/null
    local code=0
    timeout 120 npm install --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 react@19 react-dom@19 "$@" >out.txt 2>&1 || code=$?
    if [ -e node_modules/@uppy/webcam/package.json ]; then echo "exit $code, installed"; else echo "exit $code, not there"; fi
  )
}

echo "npm $(npm --version)"
pinned=$(try pinned @uppy/react@6.1.1 @uppy/webcam@6.0.0)
before=$(try before @uppy/react@6.0.0 @uppy/components@2.0.0 @uppy/webcam@6.0.0)
echo "expected by guess: an error, or the webcam installed"
echo "@uppy/react 6.1.1 with @uppy/webcam 6.0.0: $pinned"
echo "@uppy/react 6.0.0 with @uppy/components 2.0.0: $before"
[ "$pinned" = "exit 0, not there" ] && [ "$before" = "exit 0, installed" ]
