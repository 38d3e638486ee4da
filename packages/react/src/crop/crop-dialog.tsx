'use client';
import { type FormEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import Cropper from 'react-easy-crop';
import { useUploadContext } from '../state/context.ts';
import type { Question } from './ask-crop.ts';
import { type CropWords, cropWords } from './crop-words.ts';
import type { Area } from './cut.ts';

/** Props of `Crop`. */
export interface CropProps {
  /** Width by height of what is kept. @default 1 */
  readonly aspect?: number | undefined;
  /** The frame in which the picture is shown; what is kept is a rectangle in both. @default 'round' */
  readonly shape?: 'round' | 'rect' | undefined;
  /** The longer side of what is kept, in pixels; a smaller one stays as it is. @default 1024 */
  readonly maxSide?: number | undefined;
  /** Words in place of those of the eight languages. @default their own */
  readonly words?: Partial<CropWords> | undefined;
  /** For a page whose Content-Security-Policy asks for one of styles: react-easy-crop brings a style element. @default none */
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
  const dialog = useRef<HTMLDialogElement>(null);
  const area = useRef<Area>(undefined);
  const [crop, setCrop] = useState({ x: 0, y: 0 });
  const [zoom, setZoom] = useState(1);
  const heading = useId();
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    question.answer(area.current);
  };
  return (
    <dialog ref={dialog} className="portage-crop" aria-labelledby={heading} onCancel={() => question.answer(undefined)}>
      <form onSubmit={onSubmit}>
        <h2 id={heading}>{title}</h2>
        <div className="portage-crop-picture">
          <Cropper
            image={question.url}
            aspect={aspect}
            cropShape={shape === 'round' ? 'round' : 'rect'}
            crop={crop}
            zoom={zoom}
            showGrid={shape !== 'round'}
            onCropChange={setCrop}
            onZoomChange={setZoom}
            onCropComplete={(_percent, pixels) => {
              area.current = pixels;
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
          />
        </label>
        <div className="portage-dropzone-buttons">
          <button type="submit" className="portage-trigger">
            {use}
          </button>
          <button type="button" className="portage-trigger portage-quiet" onClick={() => question.answer(undefined)}>
            {cancel}
          </button>
        </div>
      </form>
    </dialog>
  );
}
