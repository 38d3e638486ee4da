import type { ReactNode } from 'react';
import type { FileKind } from '../state/file-kind.ts';
import { Icon } from './icon.tsx';

const SHEET = 'M5 2.5h6.3L15 6.2v11.3H5zM11.3 2.5v3.7H15';

/** On the same grid as the other icons. */
const DRAWN: Readonly<Record<FileKind, string>> = {
  picture: 'M3 4.5h14v11H3zM3 13l3.8-3.8 3 3 2.2-2.2L17 15M13.2 7.8v.1',
  film: 'M3 5h14v10H3zM8.6 7.9v4.2l3.6-2.1z',
  sound: 'M7.5 14.3V5.6L15.5 4v8.6M7.5 14.3a2 2 0 1 1-4 0 2 2 0 0 1 4 0zM15.5 12.6a2 2 0 1 1-4 0 2 2 0 0 1 4 0z',
  pdf: `${SHEET}M7.2 14.8c2-1 3.2-3.2 2.9-5-.2-.8-1.1-.6-1 .3.3 1.9 1.7 3.1 3.5 3.2 1 0 .9-1 0-1-1.9 0-4 .9-5.4 2.5z`,
  document: `${SHEET}M7.7 9.3h4.6M7.7 11.8h4.6M7.7 14.3h3`,
  table: 'M3 4.5h14v11H3zM3 8.2h14M3 11.8h14M8 4.5v11',
  archive: 'M3.8 7.5h12.4v9H3.8zM3 4h14v3.5H3zM8.4 10.5h3.2',
  code: 'M7 6.5L3.5 10 7 13.5M13 6.5l3.5 3.5-3.5 3.5M11.3 5l-2.6 10',
  other: SHEET,
};

/** The drawing of a kind of file. `data-kind` is what it stands for. */
export function KindIcon({ kind }: { readonly kind: FileKind }): ReactNode {
  return (
    <span className="portage-kind-icon" data-kind={kind} aria-hidden="true">
      <Icon>
        <path d={DRAWN[kind]} />
      </Icon>
    </span>
  );
}
