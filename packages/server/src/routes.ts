import type { Awaitable, Identity, Route } from './route.ts';

/**
 * Routes by name, each with the context of its own. Written in place, `authorize` must name the type of its argument
 * (`authorize: (request: Request) => …`), or stand in `route({ … })`: TypeScript infers the context from a function only
 * if that function needs no types from around it.
 */
export type RoutesOf<C> = { readonly [K in keyof C]: Route<C[K]> };

/** Refuses what {@link RoutesOf} cannot: misspelt options, and an `authorize` that does not say whose upload it is. */
export type CheckedRoutes<O> = {
  readonly [K in keyof O]: { readonly [P in Exclude<keyof O[K], keyof Route>]: never } & {
    authorize?(request: Request): Awaitable<Identity | null | undefined | false>;
  };
};

/** What each route's `onComplete` returns; undefined where it has none. */
export type ResultsOf<O> = { [K in keyof O]: ResultOf<O[K]> };

type ResultOf<R> = R extends { onComplete?: infer Hook }
  ? NonNullable<Hook> extends (...args: never[]) => infer Returned
    ? unknown extends Returned
      ? undefined
      : Awaited<Returned>
    : undefined
  : undefined;

/** Routes by name, where their contexts and results do not matter. */
export type Routes = Readonly<Record<string, Route>>;
