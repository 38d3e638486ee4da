/** The origin of an address, which may be relative to the page; what is no address stays what it is. */
export function originOf(url: string): string {
  try {
    return new URL(url, globalThis.location?.href).origin;
  } catch {
    return url;
  }
}
