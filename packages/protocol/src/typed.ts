/** What a page knows of an upload server by its type alone. Of `createUploads` only its results matter here. */

/** An upload server, by what each route's `onComplete` returns. */
interface OfResults<Results> {
  readonly results?: Results;
}

/** Names of the routes of an upload server. */
export type RouteName<U> = U extends OfResults<infer Results> ? keyof Results & string : never;

/** What a route's `onComplete` returns, as the browser gets it: after a journey through JSON. */
export type UploadResult<U, Name extends RouteName<U>> =
  U extends OfResults<infer Results> ? (Name extends keyof Results ? Serialized<Results[Name]> : never) : never;

/** A value after `JSON.parse(JSON.stringify(value))`. */
export type Serialized<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends bigint | symbol | ((...args: never[]) => unknown)
    ? never
    : T extends { toJSON(): infer Plain }
      ? Serialized<Plain>
      : T extends readonly (infer Item)[]
        ? Serialized<Item>[]
        : T extends object
          ? { [K in keyof T as T[K] extends symbol | ((...args: never[]) => unknown) ? never : K]: Serialized<T[K]> }
          : undefined;
