'use client';
import { type ReactNode, type Ref, useId, useMemo } from 'react';
import { useRecovery } from '../hooks/use-recovery.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { Rows } from './list.tsx';
import { RecoveryItem } from './recovery-item.tsx';
import { type PartProps, renderPart } from './render-part.ts';

export type RecoveryProps = Omit<PartProps<'section'>, 'children'>;

export interface RecoveryListProps extends RecoveryProps {
  readonly sectionRef: Ref<HTMLElement>;
}

/** Somebody who closes the page on a dropped folder leaves hundreds. */
const VIRTUAL_FROM = 20;

/** The uploads that an earlier page began. */
export function RecoveryList({ className, render, sectionRef: ref, ...props }: RecoveryListProps): ReactNode {
  const { strings } = useUploadContext();
  const { unfinished, continueUpload, discardUpload } = useRecovery();
  const titleId = useId();
  const title = strings.unfinishedTitle(unfinished.length);
  const byId = useMemo(() => new Map(unfinished.map((item) => [item.upload.id, item])), [unfinished]);
  const children = (
    <>
      <p id={titleId} className="portage-recovery-title">
        {title}
      </p>
      <Rows className="portage-recovery-list" aria-label={title} ids={[...byId.keys()]} virtualFrom={VIRTUAL_FROM}>
        {(id) => {
          const item = byId.get(id);
          return (
            item && (
              <RecoveryItem
                item={item}
                onContinue={(from) => void continueUpload(id, undefined, from)}
                onDiscard={() => void discardUpload(id)}
              />
            )
          );
        }}
      </Rows>
    </>
  );
  const own = { className: classNames('portage-recovery', className), 'data-count': unfinished.length };
  return renderPart('section', { 'aria-labelledby': titleId, ...props, ...own, ref, children }, render);
}
