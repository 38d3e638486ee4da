/** A film that takes longer is shown by its icon. In milliseconds. */
const LONGEST = 8_000;

/** The first picture of a film; undefined where the browser cannot play it. */
export async function firstFrame(film: Blob, side: number): Promise<ImageBitmap | undefined> {
  const url = URL.createObjectURL(film);
  const video = document.createElement('video');
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    video.muted = true;
    video.preload = 'auto';
    video.src = url;
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = reject;
      timer = setTimeout(reject, LONGEST);
    });
    // Nothing to see in a recording of sound alone.
    if (video.videoWidth === 0) return undefined;
    // What is copied from the video is as small as it may be.
    const isWide = video.videoWidth > video.videoHeight;
    return await createImageBitmap(video, isWide ? { resizeHeight: side } : { resizeWidth: side });
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    video.removeAttribute('src');
    // Lets go of the decoder: browsers have few.
    video.load();
    URL.revokeObjectURL(url);
  }
}
