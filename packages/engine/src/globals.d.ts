// The one web standard that the engine uses beside the language itself: how to ask running work to stop. Declared here
// in full, so that nothing else of the DOM or of Node can be reached from this floor.

interface AbortSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

interface AbortController {
  readonly signal: AbortSignal;
  abort(): void;
}

declare const AbortController: { new (): AbortController };
