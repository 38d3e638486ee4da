'use client';
import { type ComponentPropsWithoutRef, type ReactElement, type ReactNode, useMemo } from 'react';
import { Overview } from '../components/overview.tsx';
import { RowFields } from '../components/row-fields.tsx';
import { useRowMotion } from '../components/row-motion.ts';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { lateWords } from '../text/late-words.ts';

// biome-ignore-start lint/a11y/useSemanticElements: browsers forget the roles of a table whose rows are a grid, or in a scroller.
// biome-ignore-start lint/a11y/useFocusableInteractive: what can be done is a button; nobody walks from cell to cell.
/** A table with a head. */
export function TableFiles(): ReactNode {
  const { strings } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const { fileIds } = useUpload();
  const motion = useRowMotion();
  const heads = [words.columnName, words.columnSize, words.columnStatus, words.columnProgress, words.columnActions];
  return (
    <>
      <Overview />
      {fileIds.length > 0 && (
        <div className="portage-table" role="table" aria-label={strings.uploads} aria-rowcount={fileIds.length + 1}>
          <div role="rowgroup">
            <div className="portage-table-head" role="row" aria-rowindex={1}>
              {heads.map((head) => (
                <span key={head} role="columnheader">
                  {head}
                </span>
              ))}
            </div>
          </div>
          <Upload.List ref={motion} role="rowgroup" render={<div />}>
            {(id) => <TableRow id={id} row={fileIds.indexOf(id) + 2} />}
          </Upload.List>
        </div>
      )}
      <Upload.Undo />
    </>
  );
}

interface TableRowProps {
  readonly id: string;
  /** Where it is in the table: 1 is the head. */
  readonly row: number;
}

function TableRow({ id, row }: TableRowProps): ReactNode {
  return (
    <Upload.Item id={id} className="portage-row" aria-rowindex={row} render={asRow}>
      <div role="cell" className="portage-cell-name">
        <Upload.ItemPreview />
        <Upload.ItemName />
      </div>
      <div role="cell">
        <Upload.ItemSize />
      </div>
      <div role="cell" className="portage-cell-status">
        <Upload.ItemStatus />
        <RowFields />
        <Upload.ItemError />
        <Upload.ItemRetry />
      </div>
      <div role="cell" className="portage-cell-progress">
        <Upload.ItemProgress />
      </div>
      <div role="cell" className="portage-item-buttons">
        <Upload.ItemPause />
        <Upload.ItemRemove />
      </div>
    </Upload.Item>
  );
}

/** A row has its place in `aria-rowindex`, and may not have that of an item of a list. */
function asRow({ 'aria-posinset': _at, 'aria-setsize': _of, ...props }: ComponentPropsWithoutRef<'div'>): ReactElement {
  return <div role="row" {...props} />;
}
// biome-ignore-end lint/a11y/useFocusableInteractive: see above.
// biome-ignore-end lint/a11y/useSemanticElements: see above.
