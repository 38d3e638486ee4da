'use client';
import { arriving } from '@portage/uppy';
import type { ReactNode } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { askedFields } from '../state/file-fields.ts';
import { lateComponent } from './late-component.tsx';

/** Loaded where a `Fields` asks for some. */
const ItemFields = lateComponent<object>(
  () => arriving(import('../fields/item-fields.tsx')).then((loaded) => loaded.ItemFields),
  () => null,
);

/** What a `Fields` asks about the file of the row. Nothing where there is none: in every layout, or a file would wait for what nobody can enter. */
export function RowFields(): ReactNode {
  const { uppy } = useUploadContext();
  const { fields } = useStore(askedFields(uppy));
  return fields.length > 0 && <ItemFields />;
}
