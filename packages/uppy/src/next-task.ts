/** Resolves in a task of its own. A timer in a tab that nobody looks at may ring once a minute; a message always arrives. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    // The simulated pages in which Jest runs tests of apps have none.
    if (typeof MessageChannel === 'undefined') return void setTimeout(resolve);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}
