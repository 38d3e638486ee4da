import { createQuota, type Quota } from '../policy/quota.ts';
import type { Call } from './call.ts';

/** How long a bucket may take to remove what nobody went on with, after the end of its upload, in seconds: a day. */
const CLEANED_WITHIN = 86_400;

/**
 * Notes the files of a call as under way, and says what room there is for them. Noted first, asked then: an upload that
 * completes in between is counted by the one or the other, never by none.
 * @param lifetime - After so many seconds nobody goes on with them.
 * @returns undefined where the route has no quota.
 * @throws TypeError where `quota` returns no number.
 */
export async function holdBytes(
  call: Call,
  files: readonly { id: string; size: number }[],
  lifetime = call.service.uploadLifetime,
): Promise<Quota | undefined> {
  const { service, route, context } = call;
  const { quota } = route.hooks;
  if (quota === undefined) return undefined;
  const uploads = files.map(({ id, size }) => ({ id, bytes: size }));
  const until = service.clock() + (lifetime + CLEANED_WITHIN) * 1000;
  const { ask } = service.guard;
  const others = await ask('reservations', () => service.reservations.hold(context.userId, uploads, until));
  try {
    const left = await ask('quota', () => quota(context));
    // Nothing is larger than NaN, so it would be no limit.
    if (typeof left !== 'number' || Number.isNaN(left))
      throw new TypeError(`\`quota\` of the route "${route.name}" must return a number of bytes.`);
    return createQuota(left - others);
  } catch (error) {
    await release(
      call,
      files.map(({ id }) => id),
    );
    throw error;
  }
}

/** The end of uploads: completed, given up, or never begun. A failure leaves them counted until their time is over. */
export async function release({ service, route, context }: Call, ids: readonly string[]): Promise<void> {
  if (route.hooks.quota === undefined || ids.length === 0) return;
  const { reservations, guard, warn } = service;
  try {
    await guard.ask('reservations', () => reservations.release(context.userId, ids));
  } catch (err) {
    warn({ err, route: route.name }, 'reserved bytes could not be released');
  }
}
