'use client';
import { arriving } from '@portage/uppy';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { useFileInfo, useUploadSnapshot } from '../hooks/use-upload-file.ts';
import { showThumbnail } from '../pictures/thumbnails.ts';
import { useItemId, useUploadContext } from '../state/context.ts';
import { fileData } from '../state/file-data.ts';
import type { FileKind } from '../state/file-kind.ts';
import { lateWords } from '../text/late-words.ts';
import { DoneIcon, WarningIcon } from './icons.tsx';
import { lateComponent } from './late-component.tsx';
import type { LightboxProps } from './lightbox.tsx';
import { PartButton } from './part-button.tsx';

const Lightbox = lateComponent<LightboxProps>(
  () => arriving(import('./lightbox.tsx')).then((loaded) => loaded.Lightbox),
  () => null,
);

export interface ItemPictureProps {
  readonly kind: FileKind;
  /** What stands where there is no picture. */
  readonly icon: ReactNode;
}

/** What is in a file's tile: the picture itself, or an icon of its kind; and a badge once it is over. */
export function ItemPicture({ kind, icon }: ItemPictureProps): ReactNode {
  const id = useItemId();
  const { uppy, queue, previews, strings } = useUploadContext();
  const { name, size, preview } = useFileInfo(id);
  const status = useUploadSnapshot(id, (snapshot) => snapshot.status);
  const words = useMemo(() => lateWords(strings), [strings]);
  const isVisual = previews && (kind === 'picture' || kind === 'film');
  const place = useRef<HTMLSpanElement>(null);
  const [made, setMade] = useState<string>();
  const [isOpen, setIsOpen] = useState(false);

  useEffect(() => {
    if (!isVisual || preview || !place.current) return;
    // Compressors and editors give a file other bytes under the same id.
    const wanted = { key: `${id} ${size}`, kind, place: place.current, data: () => fileData(uppy, queue, id) };
    return showThumbnail({ ...wanted, show: setMade });
  }, [uppy, queue, id, size, kind, isVisual, preview]);

  const address = preview ?? made;
  // A policy of the page may forbid the address: the icon stands.
  const picture = address ? (
    <img className="portage-preview-image" src={address} alt="" draggable={false} onError={() => setMade(undefined)} />
  ) : (
    icon
  );
  const canOpen = made !== undefined && fileData(uppy, queue, id) !== undefined;
  return (
    <>
      <span ref={place} className="portage-preview-picture">
        {canOpen ? (
          <PartButton
            look="preview-open"
            aria-haspopup="dialog"
            aria-label={words.show(name)}
            action={() => setIsOpen(true)}
          >
            {picture}
          </PartButton>
        ) : (
          picture
        )}
      </span>
      {(status === 'complete' || status === 'failed') && (
        <span className="portage-badge">{status === 'complete' ? <DoneIcon /> : <WarningIcon />}</span>
      )}
      {isOpen && <Lightbox first={id} onClose={() => setIsOpen(false)} />}
    </>
  );
}
