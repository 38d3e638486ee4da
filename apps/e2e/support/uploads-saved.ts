import type { Page } from '@playwright/test';

/** How many running uploads Golden Retriever has written down. */
export const uploadsSaved = (page: Page) =>
  page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('uppy-blobs'));
    const rows = await settled(database.transaction(['metadata']).objectStore('metadata').getAll());
    database.close();
    const text = JSON.stringify(rows);
    return /"currentUploads":\{"[^"]+":|\\"currentUploads\\":\{\\"/.test(text) ? 1 : 0;
  });
