/** A photo that was stored, and what its processing is asked by. */
export interface KeptPhoto {
  readonly id: string;
  readonly name: string;
  readonly token: string;
}

const KEPT = 'portage-demo-photos';
const MOST = 60;

/** Those of before, which an app would have in its database: see `onComplete`. */
export function keptPhotos(): readonly KeptPhoto[] {
  try {
    return JSON.parse(localStorage.getItem(KEPT) ?? '[]') as KeptPhoto[];
  } catch {
    return [];
  }
}

export function keepPhotos(photos: readonly KeptPhoto[]): readonly KeptPhoto[] {
  const newest = photos.slice(0, MOST);
  try {
    localStorage.setItem(KEPT, JSON.stringify(newest));
  } catch {
    // A browser that keeps nothing shows them until it is reloaded.
  }
  return newest;
}
