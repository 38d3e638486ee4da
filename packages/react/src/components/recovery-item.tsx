'use client';
import { type ReactNode, useRef } from 'react';
import { useRow } from '../hooks/use-row.ts';
import { useUploadContext } from '../state/context.ts';
import { fileKind } from '../state/file-kind.ts';
import type { UnfinishedItem } from '../state/recovery.ts';
import { errorText } from '../text/error-text.ts';
import { formatAgo } from '../text/format-ago.ts';
import { withName } from '../text/with-name.tsx';
import { flag } from './class-names.ts';
import { KindIcon } from './kind-icon.tsx';
import { PartButton } from './part-button.tsx';

interface RecoveryItemProps {
  readonly item: UnfinishedItem;
  /** Told where it was clicked: it may be in another window. */
  readonly onContinue: (from: Element | null) => void;
  readonly onDiscard: () => void;
}

/** One unfinished upload: what it is, since when, and what can be done. */
export function RecoveryItem({ item, onContinue, onDiscard }: RecoveryItemProps): ReactNode {
  const { strings, format } = useUploadContext();
  const { name, size, startedAt } = item.upload;
  const { state } = item;
  const own = useRef<HTMLLIElement>(null);
  const row = useRow(own);
  const isBusy = state.at === 'busy';
  const error = state.at === 'refused' ? errorText(state, strings) : undefined;
  return (
    <li ref={own} {...row} className="portage-recovery-item" data-portage-item="" data-busy={flag(isBusy)}>
      <span className="portage-preview" aria-hidden="true">
        <KindIcon kind={fileKind({ name, type: '' })} />
      </span>
      <div className="portage-recovery-text">
        <span className="portage-name" dir="auto" title={name}>
          {name}
        </span>
        <span className="portage-status">
          {strings.unfinishedFacts(format.bytes(size), formatAgo(strings.locale, startedAt, Date.now()))}
        </span>
        {item.needsFile && !error && <span className="portage-status">{strings.unfinishedPick}</span>}
      </div>
      <div className="portage-recovery-buttons">
        <PartButton
          look="button"
          aria-label={strings.continueUpload(name)}
          aria-disabled={isBusy || undefined}
          action={() => onContinue(own.current)}
        >
          {strings.continueShort}
        </PartButton>
        <PartButton
          look="button"
          className="portage-quiet"
          aria-label={strings.discardUpload(name)}
          aria-disabled={isBusy || undefined}
          action={onDiscard}
        >
          {strings.discardShort}
        </PartButton>
      </div>
      {/* The region has to be there before its text, or it is not read. */}
      <div role="alert" className="portage-recovery-error" data-code={state.at === 'refused' ? state.code : undefined}>
        {error && (
          <>
            <strong className="portage-error-title">{error.title}</strong> {withName(error.message, name)} {error.hint}
          </>
        )}
      </div>
    </li>
  );
}
