import type { Uppy } from '@uppy/core';
import type { Body, Meta } from '@uppy/core/utils';

/** Emits an event. A listener of the app that throws must not change what happened to the file. */
export function tell<M extends Meta, B extends Body>(uppy: Uppy<M, B>, emit: () => void): void {
  try {
    emit();
  } catch (error) {
    uppy.log(error, 'error');
  }
}
