'use client';
import { type ReactNode, useId, useMemo, useState } from 'react';
import { Icon } from '../components/icon.tsx';
import { Overview } from '../components/overview.tsx';
import { useRowMotion } from '../components/row-motion.ts';
import { useUpload } from '../hooks/use-upload.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { lateWords } from '../text/late-words.ts';
import { CompactItem } from './compact.tsx';

/** A corner of the window: all files in a line, and below it, until it is folded, one by one. */
export function TrayFiles(): ReactNode {
  const { strings } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const { fileIds } = useUpload();
  const [isOpen, setIsOpen] = useState(true);
  const id = useId();
  const motion = useRowMotion();
  return (
    <>
      {fileIds.length > 0 && (
        <section className="portage-tray" aria-label={strings.uploads}>
          <div className="portage-tray-head">
            <Upload.Summary />
            <button
              type="button"
              className="portage-icon-button"
              aria-expanded={isOpen}
              aria-controls={id}
              aria-label={words.files}
              onClick={() => setIsOpen(!isOpen)}
            >
              <Icon>
                <path d={isOpen ? 'M5 7.5l5 5 5-5' : 'M5 12.5l5-5 5 5'} />
              </Icon>
            </button>
            <Upload.TotalProgress />
          </div>
          <div id={id} hidden={!isOpen} className="portage-tray-body">
            <Overview isBare />
            <Upload.List ref={motion}>{(file) => <CompactItem id={file} />}</Upload.List>
          </div>
        </section>
      )}
      <Upload.Undo />
    </>
  );
}
