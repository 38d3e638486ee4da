'use client';
import { type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import Cropper from 'react-easy-crop';
import { useModal } from '../hooks/use-modal.ts';
import { useUploadContext } from '../state/context.ts';
import type { Question } from './ask-crop.ts';
import { type CropWords, cropWords } from './crop-words.ts';
import type { Area } from './cut.ts';

/** Props of `Crop`. */
export interface CropProps {
  /** Width of what is kept, divided by its height. @default 1 */
  readonly aspect?: number | undefined;
  /** Shape of the frame over the picture. With both, a rectangle is kept. @default 'round' */
  readonly shape?: 'round' | 'rect' | undefined;
  /** Longest side of what is kept, in pixels. What is smaller stays as it is. @default 1024 */
  readonly maxSide?: number | undefined;
  /** Words of your own, all or some. @default those of the language of the uploader */
  readonly words?: Partial<CropWords> | undefined;
  /** Nonce of the style element that react-easy-crop adds, for a page whose Content-Security-Policy asks for one. @default none */
  readonly nonce?: string | undefined;
}

export interface CropDialogProps extends CropProps {
  readonly question: Question;
}

/** Asks which part of a picture is kept: a frame over it, moved by the pointer or by the arrow keys, and its zoom. */
export function CropDialog({ question, aspect = 1, shape = 'round', words, nonce }: CropDialogProps): ReactNode {
  const { strings } = useUploadContext();
  const {
    title,
    frame,
    zoom: zoomWord,
    use,
    cancel,
  } = useMemo(() => ({ ...cropWords(strings.locale), ...words }), [strings, words]);
  const dialog = useModal();
  const [area, setArea] = useState<Area>();
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const heading = useId();
  const keep = (): void => {
    if (area) question.answer(area);
  };
  // Not a form: there may be one around it, and that one must not be sent.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    keep();
  };
  return (
    <dialog
      ref={dialog}
      className="portage-dialog"
      aria-labelledby={heading}
      onCancel={() => question.answer(undefined)}
    >
      <h2 id={heading}>{title}</h2>
      <div className="portage-dialog-picture">
        <Cropper
          image={question.url}
          aspect={aspect}
          cropShape={shape}
          crop={crop}
          zoom={zoom}
          showGrid={shape !== 'round'}
          onCropChange={setCrop}
          onZoomChange={setZoom}
          onCropComplete={(_percent, pixels) => {
            // It has no size before the dialog is open.
            if (pixels.width > 0) setArea(pixels);
          }}
          cropperProps={{ role: 'group', 'aria-label': frame }}
          mediaProps={{ alt: '' }}
          keyboardStep={8}
          {...(nonce && { nonce })}
        />
      </div>
      <label>
        {zoomWord}
        <input
          type="range"
          min={1}
          max={3}
          step={0.05}
          value={zoom}
          onChange={({ currentTarget }) => setZoom(currentTarget.valueAsNumber)}
          onKeyDown={onKeyDown}
        />
      </label>
      <div className="portage-dropzone-buttons">
        <button type="button" className="portage-trigger" disabled={!area} onClick={keep}>
          {use}
        </button>
        <button type="button" className="portage-trigger portage-quiet" onClick={() => question.answer(undefined)}>
          {cancel}
        </button>
      </div>
    </dialog>
  );
}
