import type { UploadsError } from '../errors.ts';
import type { Guard } from '../guard.ts';
import type { InTurn } from '../in-turn.ts';
import type { UploadEvent, UploadFacts } from '../observe/events.ts';
import type { FilePolicy } from '../policy/check-file.ts';
import { userFolder } from '../policy/object-key.ts';
import type { Reservations } from '../policy/reservations.ts';
import type { Processing } from '../processing.ts';
import type { Completions } from '../regions/completions.ts';
import type { LeftBehind } from '../regions/left-behind.ts';
import type { Identity, Quarantine, Route } from '../route.ts';
import type { Storage } from '../storage.ts';
import type { Claims } from '../token/claims.ts';
import type { PackClaims } from '../token/pack-claims.ts';
import type { StatusClaims } from '../token/status-claims.ts';
import type { Tokens } from '../token/tokens.ts';

/** Scans under way, by upload: a page that asks again waits for the same one. */
export type Scans = Map<string, Promise<string | undefined>>;

/** What does not change from call to call. */
export interface Service {
  tokens: Tokens;
  statusTokens: Tokens<StatusClaims>;
  packTokens: Tokens<PackClaims>;
  processing: Processing | undefined;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Fills an array with random bytes. */
  random: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;
  /** In lower-case hex. */
  sha256: (text: string) => string;
  /** Life of a signed request in seconds. */
  urlLifetime: number;
  /** Life of a token in seconds; undefined where it is as long as its upload may take, or a day where it can be renewed. */
  tokenLifetime: number | undefined;
  /** Longest time from the start of an upload to its end, in seconds. */
  uploadLifetime: number;
  /** Every hook of the app is asked through it. */
  guard: Guard;
  reservations: Reservations;
  scans: Scans;
  /** Of uploads that may have been moved from one region to another. */
  completions: Completions;
  leftBehind: LeftBehind;
  /** Regions that did not answer, by their place, and until when they are left alone. */
  resting: Map<string, number>;
  /** Runs calls about one key one after another, those of other keys beside them. */
  inTurn: InTurn;
  /** Writes to the log; never throws. */
  warn: (fields: object, message: string) => void;
  /** Tells all who listen; never throws. */
  emit: (event: UploadEvent) => void;
}

/** A route with its defaults filled in. */
export interface ResolvedRoute {
  name: string;
  storage: Storage;
  prefix: Route['prefix'];
  maxFiles: number;
  partSize: number | undefined;
  /** Whether the app names objects by itself: then two uploads may have one key. */
  ownKeys: boolean;
  /** Whether a file may then take the place of another one. */
  overwrite: boolean;
  quarantine: Quarantine | undefined;
  policy: FilePolicy;
  /** The pipeline of its files. */
  process: string | undefined;
  hooks: Pick<Route, 'authorize' | 'regions' | 'quota' | 'key' | 'metadata' | 'onCreate' | 'scan' | 'onComplete'>;
}

/** One call of somebody who may use the route. */
export interface Call {
  service: Service;
  route: ResolvedRoute;
  context: Identity;
  /** What it is about, of a storage with several regions; undefined before that is known. */
  region?: string | undefined;
  /** All regions of the storage, in the order in which the server takes them to be near; none where it is one store. */
  regions: readonly string[];
  /** Ends when the page stops waiting; the storage of `route` ends with it. */
  ends: AbortSignal;
  /** The same storage, without an end. */
  lasting: Storage;
  /** Notes that one file was refused or failed; the call goes on. */
  refused: (error: UploadsError) => void;
  /** Tells of a failure that the caller is not told of; the call goes on. */
  failed: (error: unknown) => void;
}

/** An upload as events tell of it. */
export const factsOf = ({ region }: Call, { route, userId, id, key, name, size, type }: Claims): UploadFacts => ({
  route,
  userId,
  id,
  key,
  displayName: name,
  size,
  type,
  ...(region !== undefined && { region }),
});

/** What the caller's keys start with. A user's are in a folder of the user's own, unless the route names the whole prefix. */
export function prefixOf({ service, route, context }: Pick<Call, 'service' | 'route' | 'context'>): string {
  const { name, prefix = `${name}/` } = route;
  return typeof prefix === 'function' ? prefix(context) : prefix + userFolder(context.userId, service.sha256);
}
