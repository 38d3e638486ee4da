import { thumbHashToDataURL } from 'thumbhash';

/** A ThumbHash in base64 as the address of a small blurred picture; undefined where the text is none. */
export function drawnPlaceholder(placeholder: string): string | undefined {
  try {
    return thumbHashToDataURL(Uint8Array.from(atob(placeholder), (char) => char.charCodeAt(0)));
  } catch {
    return undefined;
  }
}
