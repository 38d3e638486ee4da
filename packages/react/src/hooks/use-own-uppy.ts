'use client';
import type { Uppy } from '@uppy/core';
import { useEffect, useInsertionEffect, useState } from 'react';
import { OwnUppy } from '../state/own-uppy.ts';

/**
 * `given`, or else an Uppy made by `make` that lives as long as the component: one for StrictMode's two mounts, kept while
 * the component is hidden, destroyed after the real unmount. What `make` closes over is read once.
 */
export function useOwnUppy(given: Uppy | undefined, make: () => Uppy): Uppy {
  const [own, setOwn] = useState(() => new OwnUppy(make));
  const isOwn = given === undefined;
  // Of all effects only this kind is left alone while <Activity> hides the component, and ended by its unmount.
  useInsertionEffect(() => (isOwn && !own.ended ? own.hold() : undefined), [isOwn, own]);
  useEffect(() => {
    // Rendered, and mounted only after it was given up.
    if (isOwn && own.ended) setOwn(own.renewed());
  }, [isOwn, own]);
  return given ?? own.uppy;
}
