// What the engine uses of the web's standards beside the language itself: how to ask running work to stop, and base64.
// Declared here in full, so that nothing else of the DOM or of Node can be reached from this floor.

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

/** Each character a byte. */
declare function btoa(bytes: string): string;
