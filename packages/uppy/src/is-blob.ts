/** Whether it is a Blob or a File; of another window too, and where a WebView has put a `File` of its own into the page. */
export function isBlob(data: unknown): data is Blob {
  // By what it can do: the files of happy-dom, in which apps are tested, call themselves objects.
  return 'arrayBuffer' in Object(data);
}
