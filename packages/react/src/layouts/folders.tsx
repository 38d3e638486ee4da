'use client';
import {
  type ForwardedRef,
  forwardRef,
  type ReactNode,
  useCallback,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react';
import { Icon } from '../components/icon.tsx';
import { CloseIcon, PauseIcon, ResumeIcon, RetryIcon } from '../components/icons.tsx';
import { inParts } from '../components/in-parts.tsx';
import { UploaderItem } from '../components/item-row.tsx';
import { Rows } from '../components/list.tsx';
import { PartButton } from '../components/part-button.tsx';
import { ProgressBar } from '../components/progress-bar.tsx';
import { summaryText } from '../components/total-progress.tsx';
import { useRow } from '../hooks/use-row.ts';
import { useStore } from '../hooks/use-store.ts';
import { useUploadContext } from '../state/context.ts';
import { createFolderActions } from '../state/folder-actions.ts';
import { type Folder, rowsByFolder } from '../state/folder-groups.ts';
import { type FolderStats, folderStats, folderStatus } from '../state/folder-stats.ts';
import { lateWords } from '../text/late-words.ts';
import { paceText } from '../text/status-text.ts';

/** The list, with a head above the files of each folder. A long one scrolls by itself, as any other. */
export const FolderRows = forwardRef(function FolderRows(_props: object, ref: ForwardedRef<HTMLUListElement>) {
  const { fileIds, queue, strings } = useUploadContext();
  const ids = useDeferredValue(useStore(fileIds));
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const rows = useMemo(() => rowsByFolder(ids, (id) => queue.info(id)?.relativePath, folded), [ids, queue, folded]);
  const byKey = useMemo(() => new Map(rows.map((row) => [row.key, row])), [rows]);
  const keys = useMemo(() => [...byKey.keys()], [byKey]);
  const fold = (name: string): void => {
    const now = new Set(folded);
    if (!now.delete(name)) now.add(name);
    setFolded(now);
  };
  if (ids.length === 0) return null;
  return (
    <Rows
      ref={ref}
      className="portage-list"
      aria-label={strings.uploads}
      {...{ 'data-count': ids.length }}
      ids={keys}
      virtualFrom={100}
    >
      {(key) => {
        const row = byKey.get(key);
        if (!row) return null;
        if (!('folder' in row)) return <UploaderItem id={key} path={row.inside === undefined ? undefined : row.path} />;
        const { folder } = row;
        return <FolderHead folder={folder} isFolded={folded.has(folder.name)} onFold={() => fold(folder.name)} />;
      }}
    </Rows>
  );
});

interface FolderHeadProps {
  readonly folder: Folder;
  readonly isFolded: boolean;
  readonly onFold: () => void;
}

/** All files of a folder in a row: its name, how many they are and how far, and what can be done with them together. */
function FolderHead({ folder: { name, ids }, isFolded, onFold }: FolderHeadProps): ReactNode {
  const { uppy, queue, strings, format, removalsRef } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const own = useRef<HTMLLIElement>(null);
  const row = useRow(own);
  const id = useId();
  const stats = useFolderStats(ids);
  const actions = useMemo(() => createFolderActions(uppy, queue, removalsRef, ids), [uppy, queue, removalsRef, ids]);
  const { counts, active, progress, bytes, total } = stats;
  const status = folderStatus(stats);
  const says = summaryText(stats, strings);
  const shown = progress.unseen ? strings.unseen : format.percent(progress.percent);
  const canPause = active - counts.verifying > 0;
  const isOver = active + counts.paused + stats.waiting === 0;
  return (
    <li
      ref={own}
      className="portage-item portage-folder"
      data-portage-item=""
      // What failed is said below the bar, so that the row keeps its words.
      data-status={status === 'failed' ? undefined : status}
      {...row}
    >
      <button
        type="button"
        className="portage-icon-button"
        aria-expanded={!isFolded}
        aria-labelledby={`${id}name ${id}size`}
        onClick={onFold}
      >
        <Icon>
          <path className="portage-arrow" d={isFolded ? 'M7.5 4.5L13 10l-5.5 5.5' : 'M4.5 7.5L10 13l5.5-5.5'} />
        </Icon>
      </button>
      <div className="portage-item-body">
        <div className="portage-item-head">
          <span id={`${id}name`} className="portage-name" title={name} dir="auto">
            {name}
          </span>
          <span id={`${id}size`} className="portage-size">
            {`${words.fileCount(total)} · ${format.bytes(bytes)}`}
          </span>
        </div>
        <ProgressBar
          progress={progress}
          text={`${shown}, ${says}`}
          aria-label={strings.progressOf(name)}
          {...{ 'data-status': status }}
        />
        <div className="portage-item-foot">
          <span className="portage-status" data-status={status}>
            {inParts([says, ...(counts.uploading > 0 ? paceText(stats, strings, format) : [])].join(' · '))}
          </span>
          {status === 'uploading' && !progress.unseen && <span className="portage-percent">{shown}</span>}
        </div>
        {counts.failed > 0 && (
          <PartButton look="button" aria-label={strings.retry(name)} action={actions.retry}>
            <RetryIcon />
            {strings.retryShort}
          </PartButton>
        )}
      </div>
      <div className="portage-item-buttons">
        {(canPause || counts.paused > 0) && (
          <PartButton
            look="icon-button"
            aria-label={canPause ? strings.pause(name) : strings.resume(name)}
            action={canPause ? actions.pause : actions.resume}
          >
            {canPause ? <PauseIcon /> : <ResumeIcon />}
          </PartButton>
        )}
        <PartButton
          look="icon-button"
          aria-label={isOver ? strings.remove(name) : strings.cancel(name)}
          action={actions.remove}
        >
          <CloseIcon />
        </PartButton>
      </div>
    </li>
  );
}

/** Renders again at most ten times a second, and walks over the folder's files for it: for heads that are seen. */
function useFolderStats(ids: readonly string[]): FolderStats {
  const { uploads, queue } = useUploadContext();
  const read = useCallback(() => folderStats(queue, ids), [queue, ids]);
  const [stats, setStats] = useState(read);
  useEffect(() => {
    const look = (): void => setStats(read());
    look();
    return uploads.subscribeTotals(look);
  }, [uploads, read]);
  return stats;
}
