/** Which camera to open. */
interface Wanted {
  /** One of `cameras`; undefined for the browser's choice. */
  readonly deviceId: string | undefined;
  readonly facing: 'user' | 'environment';
}

/** Without a wish browsers give 640 by 480, however good the camera is. In pixels. */
const WISH = { width: { ideal: 1920 }, height: { ideal: 1080 } };

/**
 * Opens a camera until the signal says that nobody looks any more, also where it does so before the camera is there.
 *
 * @throws DOMException as `getUserMedia` does.
 */
export async function openCamera({ deviceId, facing }: Wanted, signal: AbortSignal): Promise<MediaStream> {
  const which = deviceId === undefined ? { facingMode: facing } : { deviceId: { exact: deviceId } };
  const stream = await navigator.mediaDevices.getUserMedia({ video: { ...which, ...WISH } });
  const stop = (): void => {
    for (const track of stream.getTracks()) track.stop();
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop);
  return stream;
}

/** All cameras; their names are known once one was allowed. */
export async function cameras(): Promise<readonly MediaDeviceInfo[]> {
  const devices = await navigator.mediaDevices.enumerateDevices();
  return devices.filter(({ kind }) => kind === 'videoinput');
}

/** What the video shows, in all of its pixels. Undefined where the browser cannot. */
export async function pictureOf(video: HTMLVideoElement): Promise<Blob | undefined> {
  const { videoWidth: width, videoHeight: height } = video;
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')?.drawImage(video, 0, 0);
  return new Promise((resolve) => canvas.toBlob((blob) => resolve(blob ?? undefined), 'image/jpeg', 0.92));
}
