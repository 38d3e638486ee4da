'use client';
import { arriving } from '@portage/uppy';
import type { ComponentType, ReactNode } from 'react';
import * as Upload from '../parts.ts';
import { UploaderItem } from './item-row.tsx';
import { lateComponent } from './late-component.tsx';
import { Overview } from './overview.tsx';
import { useRowMotion } from './row-motion.ts';

/** How `Uploader` shows its files. */
export type Layout = 'list' | 'compact' | 'table' | 'gallery' | 'composer' | 'tray';

const late = (load: () => Promise<ComponentType<object>>): ComponentType<object> => lateComponent(load, () => null);

/** Each loaded where it is used. */
const LAYOUTS: Readonly<Record<Layout, ComponentType<object>>> = {
  list: ListFiles,
  compact: late(() => arriving(import('../layouts/compact.tsx')).then((loaded) => loaded.CompactFiles)),
  table: late(() => arriving(import('../layouts/table.tsx')).then((loaded) => loaded.TableFiles)),
  gallery: late(() => arriving(import('../layouts/gallery.tsx')).then((loaded) => loaded.GalleryFiles)),
  composer: late(() => arriving(import('../layouts/composer.tsx')).then((loaded) => loaded.ComposerFiles)),
  tray: late(() => arriving(import('../layouts/tray.tsx')).then((loaded) => loaded.TrayFiles)),
};

/** What is below the dropzone of `Uploader`. */
export function FilesPanel({ layout = 'list' }: { readonly layout?: Layout | undefined }): ReactNode {
  const Files = LAYOUTS[layout];
  return <Files />;
}

function ListFiles(): ReactNode {
  return (
    <>
      <Overview />
      <Upload.List ref={useRowMotion()}>{(id) => <UploaderItem id={id} />}</Upload.List>
      <Upload.Undo />
    </>
  );
}
