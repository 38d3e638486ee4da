'use client';
import { arriving } from '@portage/uppy';
import type { ComponentType, ReactNode } from 'react';
import type { AvatarFilesProps } from '../layouts/avatar.tsx';
import * as Upload from '../parts.ts';
import { UploaderItem } from './item-row.tsx';
import { lateComponent } from './late-component.tsx';
import { Overview } from './overview.tsx';
import { useRowMotion } from './row-motion.ts';

/** How `Uploader` shows its files. */
export type Layout = 'list' | 'compact' | 'table' | 'gallery' | 'avatar' | 'composer' | 'tray';

export interface FilesPanelProps extends AvatarFilesProps {
  readonly layout?: Layout | undefined;
}

type Files = ComponentType<AvatarFilesProps>;

const late = (load: () => Promise<ComponentType<AvatarFilesProps>>): Files =>
  lateComponent<AvatarFilesProps>(load, ({ zone }) => zone ?? null);

/** Each loaded where it is used. */
const LAYOUTS: Readonly<Record<Layout, Files>> = {
  list: ListFiles,
  compact: late(() => arriving(import('../layouts/compact.tsx')).then((loaded) => loaded.CompactFiles)),
  table: late(() => arriving(import('../layouts/table.tsx')).then((loaded) => loaded.TableFiles)),
  gallery: late(() => arriving(import('../layouts/gallery.tsx')).then((loaded) => loaded.GalleryFiles)),
  avatar: late(() => arriving(import('../layouts/avatar.tsx')).then((loaded) => loaded.AvatarFiles)),
  composer: late(() => arriving(import('../layouts/composer.tsx')).then((loaded) => loaded.ComposerFiles)),
  tray: late(() => arriving(import('../layouts/tray.tsx')).then((loaded) => loaded.TrayFiles)),
};

/** What is below the dropzone of `Uploader`. */
export function FilesPanel({ layout = 'list', ...props }: FilesPanelProps): ReactNode {
  const Files = LAYOUTS[layout];
  return <Files {...props} />;
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
