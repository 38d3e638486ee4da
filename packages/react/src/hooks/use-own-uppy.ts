'use client';
import type { Uppy } from '@uppy/core';
import { useEffect, useState } from 'react';
import { OwnUppy } from '../state/own-uppy.ts';

/**
 * `given`, or else an Uppy made by `make` that lives as long as the component: one for StrictMode's two mounts,
 * destroyed after the real unmount. What `make` closes over is read once.
 */
export function useOwnUppy(given: Uppy | undefined, make: () => Uppy): Uppy {
  const [own, setOwn] = useState(() => new OwnUppy(make));
  const isOwn = given === undefined;
  useEffect(() => {
    if (!isOwn) return;
    if (!own.ended) return own.hold();
    // Hidden for longer than an instant, by <Activity> for example, and now shown again.
    setOwn(own.renewed());
    return;
  }, [isOwn, own]);
  return given ?? own.uppy;
}
