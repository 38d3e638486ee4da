'use client';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../hooks/use-store.ts';
import { useFileInfo } from '../hooks/use-upload-file.ts';
import { useUploadContext } from '../state/context.ts';
import { fileData } from '../state/file-data.ts';
import { fileKind } from '../state/file-kind.ts';
import { lateWords } from '../text/late-words.ts';
import { Icon } from './icon.tsx';
import { CloseIcon } from './icons.tsx';

export interface LightboxProps {
  /** The id of the file that is shown first. */
  readonly first: string;
  readonly onClose: () => void;
}

/** A picture or a film as large as the window, above all else; arrows go to the next one of the list. */
export function Lightbox({ first, onClose }: LightboxProps): ReactNode {
  const { uppy, queue, fileIds, strings } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const dialog = useRef<HTMLDialogElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const ids = useStore(fileIds);
  const [id, setId] = useState(first);
  const info = useFileInfo(id);
  const [url, setUrl] = useState<string>();

  useEffect(() => {
    // Closed by its own code too: StrictMode opens it twice.
    if (!dialog.current?.open) dialog.current?.showModal();
    closer.current?.focus();
  }, []);
  useEffect(() => {
    const data = fileData(uppy, queue, id);
    const made = data && URL.createObjectURL(data);
    setUrl(made);
    return () => {
      if (made) URL.revokeObjectURL(made);
    };
  }, [uppy, queue, id]);

  const isShown = (other: string): boolean => {
    const known = queue.info(other);
    const kind = known && fileKind(known);
    return (kind === 'picture' || kind === 'film') && fileData(uppy, queue, other) !== undefined;
  };
  const neighbour = (step: 1 | -1): string | undefined => {
    for (let at = ids.indexOf(id) + step; at >= 0 && at < ids.length; at += step) {
      const other = ids[at];
      if (other !== undefined && isShown(other)) return other;
    }
    return undefined;
  };
  const go = (step: 1 | -1): void => setId((before) => neighbour(step) ?? before);
  const onKeyDown = (event: KeyboardEvent<HTMLDialogElement>): void => {
    const forward = getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight';
    const isArrow = event.key === 'ArrowLeft' || event.key === 'ArrowRight';
    // A film's own controls take them too.
    if (!isArrow || (event.target as Element).localName === 'video') return;
    event.preventDefault();
    go(event.key === forward ? 1 : -1);
  };
  const close = (): void => dialog.current?.close();

  return (
    // A click beside the picture closes it, as Escape does.
    <dialog
      ref={dialog}
      className="portage-lightbox"
      aria-label={info.name}
      onClose={onClose}
      onKeyDown={onKeyDown}
      onClick={({ target, currentTarget }) => target === currentTarget && close()}
    >
      {url &&
        (fileKind(info) === 'film' ? (
          // biome-ignore lint/a11y/useMediaCaption: the person's own file.
          <video className="portage-lightbox-picture" src={url} controls />
        ) : (
          <img className="portage-lightbox-picture" src={url} alt={info.name} />
        ))}
      <p className="portage-lightbox-name" dir="auto">
        {info.name}
      </p>
      <div className="portage-lightbox-buttons">
        {([-1, 1] as const).map((step) => (
          <button
            key={step}
            type="button"
            className="portage-icon-button"
            aria-label={step < 0 ? words.previous : words.next}
            aria-disabled={neighbour(step) === undefined || undefined}
            onClick={() => go(step)}
          >
            <Icon>
              <path className="portage-arrow" d={step < 0 ? 'M12.5 4.5L7 10l5.5 5.5' : 'M7.5 4.5L13 10l-5.5 5.5'} />
            </Icon>
          </button>
        ))}
        <button ref={closer} type="button" className="portage-icon-button" aria-label={words.close} onClick={close}>
          <CloseIcon />
        </button>
      </div>
    </dialog>
  );
}
