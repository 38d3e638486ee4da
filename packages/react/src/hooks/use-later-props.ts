'use client';
import { arriving } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { useEffect, useRef, useState } from 'react';
import type { AnySource } from '../state/create-uppy.ts';
import type { Limits } from '../state/refusal.ts';
import { whenLoaded } from '../state/when-loaded.ts';

const NAMES = ['restrictions', 'autoStart', 'meta', 'endpoint', 'route', 'headers', 'credentials', 's3'] as const;

/** Has props that change later take effect on the provider's own Uppy. Returns the limits that hold. */
export function useLaterProps(uppy: Uppy, source: AnySource): Limits {
  const now: AnySource = Object.fromEntries(NAMES.map((name) => [name, source[name]]));
  /** What holds. */
  const applied = useRef({ uppy, props: now });
  const [, setChanges] = useState(0);
  useEffect(() => {
    const before = applied.current;
    const hold = (): void => {
      applied.current = { uppy, props: now };
    };
    if (source.uppy || before.uppy !== uppy) return hold();
    // Objects that an app makes anew at each render are compared by what is in them, in that code.
    if (NAMES.every((name) => now[name] === before.props[name])) return undefined;
    return whenLoaded(
      () => arriving(import('../state/apply-source.ts')),
      ({ applySource }) => {
        hold();
        // The picker and the hint show the limits.
        if (applySource(uppy, before.props, now)) setChanges((count) => count + 1);
        return () => {};
      },
    );
  });
  return uppy.opts.restrictions;
}
