'use client';
import { type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { useModal } from '../hooks/use-modal.ts';
import { useUploadContext } from '../state/context.ts';
import { type CameraWords, cameraWords } from './camera-words.ts';
import { cameras, openCamera, pictureOf } from './open-camera.ts';
import { type CameraFailure, failureOf, photoName } from './photo.ts';

export interface CameraDialogProps {
  readonly facing: 'user' | 'environment';
  readonly words: Partial<CameraWords> | undefined;
  readonly onPhoto: (photo: File) => void;
  readonly onClose: () => void;
}

/** Shows what a camera sees, takes a photo of it, and gives it away. The camera is off once nobody sees the dialog. */
export function CameraDialog({ facing, words: own, onPhoto, onClose }: CameraDialogProps): ReactNode {
  const { strings } = useUploadContext();
  const words = useMemo(() => ({ ...cameraWords(strings.locale), ...own }), [strings, own]);
  const dialog = useModal();
  const video = useRef<HTMLVideoElement>(null);
  const first = useRef<HTMLButtonElement>(null);
  const [chosen, setChosen] = useState<string>();
  const { stream, failure, devices, isShown, setIsShown, start } = useCamera(facing, chosen);
  const [taken, setTaken] = useState<Blob>();
  const [url, setUrl] = useState<string>();
  const heading = useId();

  useEffect(() => {
    if (video.current) video.current.srcObject = stream ?? null;
  }, [stream]);
  // Not where the photo is taken: nobody may see it any more by the time it is there.
  useEffect(() => {
    const made = taken && URL.createObjectURL(taken);
    setUrl(made);
    return () => {
      if (made) URL.revokeObjectURL(made);
    };
  }, [taken]);
  // The button that had the focus is another one now.
  // biome-ignore lint/correctness/useExhaustiveDependencies: which button is first depends on these.
  useEffect(() => first.current?.focus(), [taken, failure]);

  const take = async (): Promise<void> => {
    const blob = isShown && video.current ? await pictureOf(video.current) : undefined;
    if (blob) setTaken(blob);
  };
  const use = (blob: Blob): void => {
    onPhoto(new File([blob], photoName(new Date()), { type: blob.type }));
    onClose();
  };
  const settings = stream?.getVideoTracks()[0]?.getSettings();
  const isMirrored = settings?.facingMode !== 'environment';

  return (
    <dialog ref={dialog} className="portage-dialog" aria-labelledby={heading} onCancel={onClose}>
      <h2 id={heading}>{words.open}</h2>
      {failure && !taken ? (
        <p className="portage-error" role="alert">
          <span className="portage-error-title">{words.failures[failure].title}</span> {words.failures[failure].hint}
        </p>
      ) : (
        <div className="portage-dialog-picture">
          <video
            ref={video}
            aria-label={words.live}
            autoPlay
            muted
            playsInline
            hidden={taken !== undefined}
            // People know themselves from the mirror. The photo is as others see them.
            style={{ ...FILLING, ...(isMirrored && { transform: 'scaleX(-1)' }) }}
            // Not as soon as there are data: until it plays, what is drawn of it is black (measured: Chromium 156).
            onPlaying={() => setIsShown(true)}
          />
          {taken && <img src={url} alt={words.photo} style={FILLING} />}
        </div>
      )}
      {devices.length > 1 && !taken && (
        <label>
          {words.camera}
          <select
            style={{ font: 'inherit', minBlockSize: '2.25rem' }}
            value={chosen ?? settings?.deviceId ?? ''}
            onChange={({ currentTarget }) => setChosen(currentTarget.value)}
          >
            {devices.map(({ deviceId, label }, index) => (
              <option key={deviceId} value={deviceId}>
                {label || `${words.camera} ${(index + 1).toLocaleString(strings.locale)}`}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="portage-dropzone-buttons">
        {taken ? (
          <>
            <button ref={first} type="button" className="portage-trigger" onClick={() => use(taken)}>
              {words.use}
            </button>
            <button type="button" className="portage-trigger portage-quiet" onClick={() => setTaken(undefined)}>
              {words.again}
            </button>
          </>
        ) : failure ? (
          <button
            ref={first}
            type="button"
            className="portage-trigger"
            onClick={() => {
              // The one that was chosen may be gone.
              setChosen(undefined);
              start();
            }}
          >
            {strings.retryShort}
          </button>
        ) : (
          // It keeps the focus while the camera starts.
          <button
            ref={first}
            type="button"
            className="portage-trigger"
            aria-disabled={!isShown || undefined}
            onClick={() => void take()}
          >
            {words.take}
          </button>
        )}
        <button type="button" className="portage-trigger portage-quiet" onClick={onClose}>
          {words.cancel}
        </button>
      </div>
    </dialog>
  );
}

const FILLING = { inlineSize: '100%', blockSize: '100%', objectFit: 'contain' } as const;

/** A camera for as long as the page is seen. */
function useCamera(facing: 'user' | 'environment', deviceId: string | undefined) {
  const isSeen = usePageSeen();
  const [stream, setStream] = useState<MediaStream>();
  const [failure, setFailure] = useState<CameraFailure>();
  const [devices, setDevices] = useState<readonly MediaDeviceInfo[]>([]);
  /** Whether the video has a picture. */
  const [isShown, setIsShown] = useState(false);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt begins anew.
  useEffect(() => {
    if (!isSeen) return;
    const ending = new AbortController();
    const { signal } = ending;
    const fail = (why: CameraFailure): void => {
      if (!signal.aborted) setFailure(why);
    };
    const open = async (): Promise<void> => {
      const opened = await openCamera({ deviceId, facing }, signal);
      const found = await cameras();
      if (signal.aborted) return;
      // It was pulled out, or is forbidden now.
      for (const track of opened.getTracks()) track.addEventListener('ended', () => fail('other'));
      setStream(opened);
      setDevices(found);
    };
    setFailure(undefined);
    open().catch((error: unknown) => fail(failureOf(error)));
    return () => {
      ending.abort();
      setStream(undefined);
      setIsShown(false);
    };
  }, [isSeen, facing, deviceId, attempt]);

  return { stream, failure, devices, isShown, setIsShown, start: () => setAttempt((before) => before + 1) };
}

/** False while the page is in a tab that is not seen, or its window is minimized. */
function usePageSeen(): boolean {
  const [isSeen, setIsSeen] = useState(() => !document.hidden);
  useEffect(() => {
    const look = (): void => setIsSeen(!document.hidden);
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isSeen;
}
