#!/usr/bin/env bash
# formik 2.4.9 (with react-fast-compare 2.0.4 in it), fast-deep-equal 3.1.3, react-fast-compare 3.2.3, controls: dequal 2.0.3,
# node:util
#
# A form holds the picture of a profile: `initialValues: { photo: file }`, or `resetForm({ values })` after it was saved. Somebody
# picks another picture. "Save" is on while the form is `dirty`.
# One would guess: another File is another value.
# What happens: these comparisons look at own keys, and a File has none: every File equals every other one, whatever name, size and
# bytes. `dirty` stays false.
# Why it matters: "Save" stays grey, "leave without saving?" is not asked, and what sends changed fields only never sends the
# picture. `memo` and `shouldComponentUpdate` with these go on showing the old one. dequal, and Node's isDeepStrictEqual, tell files
# apart.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts formik@2.4.9 react@19.2.0 react-dom@19.2.0 jsdom@29.1.1 fast-deep-equal@3.1.3 react-fast-compare@3.2.3 \
  dequal@2.0.3 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { isDeepStrictEqual } from 'node:util';
import { dequal } from 'dequal';
import fastDeepEqual from 'fast-deep-equal';
import { JSDOM } from 'jsdom';
import reactFastCompare from 'react-fast-compare';

const { window } = new JSDOM('<div></div>', { url: 'http://localhost/', pretendToBeVisual: true });
Object.assign(globalThis, { window, document: window.document, IS_REACT_ACT_ENVIRONMENT: true });
if (!globalThis.navigator) globalThis.navigator = window.navigator;
const React = await import('react');
const { createRoot } = await import('react-dom/client');
const { useFormik } = await import('formik');
const { readFileSync } = await import('node:fs');

const seen = [];
const tell = (guess, what, value) => {
  seen.push(value);
  console.log(`guess: ${guess}\nseen:  ${value} (${what})`);
};
const version = (name) => JSON.parse(readFileSync(`node_modules/${name}/package.json`)).version;
console.log(`formik ${version('formik')}, React ${React.version}`);
const first = new File(['one picture'], 'first.png', { type: 'image/png' });
const second = new File(['quite another picture'], 'second.jpg', { type: 'image/jpeg' });
let form;
const Profile = () => {
  form = useFormik({ initialValues: { name: 'Ada', photo: first }, onSubmit() {} });
  return null;
};
const root = createRoot(document.querySelector('div'));
await React.act(() => root.render(React.createElement(Profile)));
await React.act(() => form.setFieldValue('photo', second, false));
tell(true, `formik: dirty, after "${form.values.photo.name}" was picked`, form.dirty);
await React.act(() => form.setFieldValue('name', 'Eve', false));
tell(true, 'formik: dirty, after the name was changed too', form.dirty);
await React.act(() => root.unmount());
tell(false, 'fast-deep-equal', fastDeepEqual(first, second));
tell(false, 'react-fast-compare', reactFastCompare(first, second));
tell(false, 'dequal', dequal(first, second));
tell(false, 'node:util', isDeepStrictEqual(first, second));
process.exit(seen.join() === 'false,true,true,true,false,false' ? 0 : 1);
EOF
timeout 100 node --no-warnings run.mjs
