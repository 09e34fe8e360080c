import type { Page } from 'playwright-core';

/** Everything a page's origin has in IndexedDB and localStorage, as text. */
const script = `(async () => {
  const done = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const texts = [JSON.stringify({ ...localStorage })];
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const values = await done(database.transaction(store).objectStore(store).getAll());
      texts.push(...values.map((value) => typeof value === 'string' ? value : JSON.stringify(value)));
    }
    database.close();
  }
  return texts.join('\\n');
})()`;

/** What a browser-hosted VS Code has written in the browser: the states of its editors, and its other memory. */
export async function browserStorage(page: Page): Promise<string> {
  return page.evaluate<string>(script);
}
