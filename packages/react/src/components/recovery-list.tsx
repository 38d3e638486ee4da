'use client';
import { type ReactNode, type Ref, useId } from 'react';
import { useRecovery } from '../hooks/use-recovery.ts';
import { useUploadContext } from '../state/context.ts';
import { classNames } from './class-names.ts';
import { RecoveryItem } from './recovery-item.tsx';
import { type PartProps, renderPart } from './render-part.ts';

export type RecoveryProps = Omit<PartProps<'section'>, 'children'>;

interface RecoveryListProps extends RecoveryProps {
  readonly sectionRef: Ref<HTMLElement>;
}

/** The uploads that an earlier page began. */
export function RecoveryList({ className, render, sectionRef: ref, ...props }: RecoveryListProps): ReactNode {
  const { strings } = useUploadContext();
  const { unfinished, continueUpload, discardUpload } = useRecovery();
  const titleId = useId();
  const children = (
    <>
      <p id={titleId} className="portage-recovery-title">
        {strings.unfinishedTitle(unfinished.length)}
      </p>
      <ul className="portage-recovery-list">
        {unfinished.map((item) => (
          <RecoveryItem
            key={item.upload.id}
            item={item}
            onContinue={() => void continueUpload(item.upload.id)}
            onDiscard={() => void discardUpload(item.upload.id)}
          />
        ))}
      </ul>
    </>
  );
  const own = { className: classNames('portage-recovery', className), 'data-count': unfinished.length };
  return renderPart('section', { 'aria-labelledby': titleId, ...props, ...own, ref, children }, render);
}
