import type { Uppy } from '@uppy/core';
import { askedFields, type FileField } from '../state/file-fields.ts';

/** The required fields that are empty. */
export function missingFields(
  fields: readonly FileField[],
  meta: Readonly<Record<string, unknown>>,
): readonly FileField[] {
  return fields.filter(({ name, required }) => required && String(meta[name] ?? '').trim() === '');
}

/** For Uppy: settles when all of the files have what is required, or are gone. */
export function holdUntilFilled(uppy: Uppy): (ids: string[]) => Promise<void> {
  const asked = askedFields(uppy);
  const isMissing = (id: string): boolean =>
    id in uppy.getState().files && missingFields(asked.get().fields, uppy.getFile(id).meta).length > 0;
  return (ids) =>
    new Promise((resolve) => {
      /** Those of these files that are shown as waiting. */
      let told: readonly string[] = [];
      let end = (): void => {};
      const look = (): void => {
        const missing = ids.filter(isMissing);
        if (String(missing) !== String(told)) {
          const others = [...asked.get().waiting].filter((id) => !told.includes(id));
          told = missing;
          asked.set({ ...asked.get(), waiting: new Set([...others, ...missing]) });
        }
        if (missing.length > 0) return;
        end();
        resolve();
      };
      const onState = (before: { files: object }, now: { files: object }): void => {
        if (before.files !== now.files) look();
      };
      const leave = asked.subscribe(look);
      uppy.on('state-update', onState);
      end = () => {
        leave();
        uppy.off('state-update', onState);
      };
      look();
    });
}
