'use client';
import { arriving } from '@portage/uppy';
import { type ComponentType, forwardRef, type ReactNode, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import type { AvatarFilesProps } from '../layouts/avatar.tsx';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { placeOf } from '../state/folder-groups.ts';
import { UploaderItem } from './item-row.tsx';
import { lateComponent } from './late-component.tsx';
import { Overview } from './overview.tsx';
import { useRowMotion } from './row-motion.ts';

/** How `Uploader` shows its files. */
export type Layout = 'list' | 'compact' | 'table' | 'gallery' | 'avatar' | 'composer' | 'tray';

export interface FilesPanelProps extends AvatarFilesProps {
  /** @default 'list' */
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

const PlainRows = forwardRef<HTMLUListElement>((_props, ref) => (
  <Upload.List ref={ref}>{(id) => <UploaderItem id={id} />}</Upload.List>
));

/** Loaded with the first file that came in a folder. */
const FolderRows = lateComponent<object, HTMLUListElement>(
  () => arriving(import('../layouts/folders.tsx')).then((loaded) => loaded.FolderRows),
  (_props, ref) => <PlainRows ref={ref} />,
);

function ListFiles(): ReactNode {
  const { fileIds, queue } = useUploadContext();
  const ids = useStore(fileIds);
  const motion = useRowMotion();
  const [hasFolders, setHasFolders] = useState(false);
  // Kept when the last of them is gone: the rows that are left must not lose the focus.
  if (!hasFolders && ids.some((id) => placeOf(queue.info(id)?.relativePath))) setHasFolders(true);
  return (
    <>
      <Overview />
      {hasFolders ? <FolderRows ref={motion} /> : <PlainRows ref={motion} />}
      <Upload.Undo />
    </>
  );
}
