/** Whether it is a Blob or a File; of another window too, and where a WebView has put a `File` of its own into the page. */
export function isBlob(data: unknown): data is Blob {
  return /^\[object (Blob|File)\]$/.test(Object.prototype.toString.call(data));
}
