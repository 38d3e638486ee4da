/** The page's one connection to IndexedDB, shared by all plugins and closed with the last of them. */

let opening: Promise<IDBDatabase> | undefined;
let users = 0;

/** Keeps the connection open, once it is needed, until the returned function is called. */
export function holdDatabase(): () => void {
  let isHeld = true;
  users += 1;
  return () => {
    if (!isHeld) return;
    isHeld = false;
    users -= 1;
    closeUnused();
  };
}

/** Asks the object store of unfinished uploads for one thing, and waits until what was written is stored. */
export async function ask<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  try {
    const transaction = await begin(mode);
    const request = work(transaction.objectStore('uploads'));
    return await new Promise<T>((resolve, reject) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(transaction.error ?? request.error);
    });
  } finally {
    closeUnused();
  }
}

async function begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
  try {
    return (await connect()).transaction('uploads', mode);
  } catch (error) {
    // Closed at this very moment, because somebody else wanted it.
    if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
    disconnect();
    return (await connect()).transaction('uploads', mode);
  }
}

function connect(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('portage');
    request.onupgradeneeded = () => request.result.createObjectStore('uploads');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      // Somebody wants to delete or change the database, an app at log-out for example: it waits for every connection.
      database.onversionchange = disconnect;
      database.onclose = disconnect;
      resolve(database);
    };
  }).catch((error: unknown) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** What is under way on the connection still comes to its end; who is next opens another one. */
function disconnect(): void {
  opening?.then(
    (database) => database.close(),
    () => {},
  );
  opening = undefined;
}

function closeUnused(): void {
  if (users === 0) disconnect();
}
