#!/usr/bin/env bash
# @uppy/core 6.3.1, in the Node that runs it (its version is printed)
#
# An uploader plugin hands Uppy a function that resolves when its files are done, and tells of each file by `upload-success` or
# `upload-error`. Here it ends early and tells of nothing, as one does that is removed in mid-upload or whose request was aborted.
# One would guess: `upload()` rejects, or lists the file as failed, or as neither: nobody ever said that it is stored.
# What happens: the file is in `successful`, with no response and `uploadComplete: false`, and `complete` is emitted.
# Why it matters: an app that moves on by `result.successful` shows a file as stored of which nothing is. Whoever writes an uploader
# has to emit `upload-error` for each file that it lets go; whoever uses one should look at `progress.uploadComplete` too.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts @uppy/core@6.3.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import Uppy, { BasePlugin } from '@uppy/core';

class Uploader extends BasePlugin {
  constructor(uppy, opts) {
    super(uppy, opts);
    this.id = 'Uploader';
    this.type = 'uploader';
  }
  run = (ids) =>
    new Promise((resolve) => {
      this.stop = resolve;
      const files = ids.map((id) => this.uppy.getFile(id));
      this.uppy.emit('upload-start', files);
      for (const file of files) {
        this.uppy.emit('upload-progress', file, { uploadStarted: Date.now(), bytesUploaded: 1, bytesTotal: file.size });
      }
    });
  install() {
    this.uppy.addUploader(this.run);
  }
  uninstall() {
    this.uppy.removeUploader(this.run);
    this.stop?.();
  }
}

const uppy = new Uppy().use(Uploader);
uppy.addFile({ name: 'b.bin', data: new Blob(['0123456789']) });
const uploading = uppy.upload();
await new Promise((resolve) => setTimeout(resolve, 50));
uppy.removePlugin(uppy.getPlugin('Uploader'));
const { successful, failed } = await uploading;
const names = (files) => files.map(({ name }) => name).join() || 'none';
const [{ progress, response }] = uppy.getFiles();
console.log(`@uppy/core 6.3.1, Node ${process.versions.node}: its uploader is removed after 1 byte of 10`);
console.log('guess: successful: none');
console.log(`seen:  successful: ${names(successful)}, failed: ${names(failed)}, uploadComplete: ${progress.uploadComplete}, response: ${response}`);
process.exit(names(successful) === 'b.bin' && names(failed) === 'none' && !progress.uploadComplete ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
