/** A PUT with nothing around it. */
export function put(url: string, body: Blob): Promise<void> {
  return new Promise((resolve, reject) => {
    const xhr = new XMLHttpRequest();
    xhr.onload = () => (xhr.status === 200 ? resolve() : reject(new Error(`The store answered ${xhr.status}.`)));
    xhr.onerror = () => reject(new Error('The store could not be reached.'));
    xhr.open('PUT', url);
    // As a part has it, that is none.
    xhr.send(new Blob([body]));
  });
}
