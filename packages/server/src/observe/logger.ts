/** Where the server writes its log. Pino fits as it is; for others it takes a few lines. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Failures of the server and its store, and what is set up wrongly. */
export const consoleLogger: Logger = {
  info: () => undefined,
  warn: (fields, message) => console.warn(`portage: ${message}`, ...unlessEmpty(fields)),
  error: (fields, message) => console.error(`portage: ${message}`, ...unlessEmpty(fields)),
};

const unlessEmpty = (fields: object) => (Object.keys(fields).length > 0 ? [fields] : []);
