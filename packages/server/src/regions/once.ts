import type { CompleteResponse } from '@portage/protocol';
import { UploadsError } from '../errors.ts';
import type { Call } from '../operations/call.ts';
import type { Claims } from '../token/claims.ts';

/** How long another region waits for this one to have told of an upload, beyond the time that a hook has. In milliseconds. */
const GRACE = 60_000;

/**
 * Completes an upload and has the app told of it once. An upload that was moved may be complete in two regions: the first one
 * tells, and what the other one has is removed. With one store, nothing else is done.
 * @param work Completes the upload. Before the app hears of it, it asks whether it may tell; it gets the response that was sent, if not.
 * @throws UploadsError `store-unavailable` while the app is being told of it from another region.
 */
export async function once(
  call: Call,
  upload: Claims,
  work: (mayTell: () => Promise<CompleteResponse | undefined>) => Promise<CompleteResponse>,
): Promise<CompleteResponse> {
  const { region, service, lasting: storage } = call;
  if (region === undefined) return work(async () => undefined);
  const { id, createdAt } = upload;
  const { completions, guard, leftBehind, clock } = service;
  const isElsewhere = ({ region: other }: { region: string }) => other !== region;

  const known = await guard.ask('completions', () => completions.look(id));
  if (known?.response) {
    if (isElsewhere(known)) leftBehind.add({ region, storage, upload });
    return known.response;
  }
  let isMine = false;
  try {
    const response = await work(async () => {
      const holder = await guard.ask('completions', () =>
        completions.take(id, region, clock() + guard.timeout + GRACE),
      );
      isMine = holder.response === undefined && !isElsewhere(holder);
      if (isMine) return undefined;
      if (holder.response === undefined) throw beingTold();
      if (isElsewhere(holder)) leftBehind.add({ region, storage, upload });
      return holder.response;
    });
    const until = createdAt + service.uploadLifetime * 1000;
    if (isMine) await guard.ask('completions', () => completions.settle(id, { region, response }, until));
    return response;
  } catch (error) {
    if (isMine) await guard.ask('completions', () => completions.release(id, region));
    throw error;
  }
}

const beingTold = () =>
  new UploadsError({
    code: 'store-unavailable',
    message: 'The file is being taken into account.',
    hint: 'Nothing is lost; it goes on, and is asked for again.',
    retryAfter: 1,
  });
