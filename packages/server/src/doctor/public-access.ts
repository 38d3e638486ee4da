import { type Bucket, isUnknownApi } from './bucket.ts';
import { type Finding, finder } from './finding.ts';

const found = finder('public-access');

/** Whether strangers can read what people upload, or list it. */
export async function checkPublicAccess(bucket: Bucket, key: string): Promise<Finding> {
  const [object, list] = await Promise.all([
    bucket.send({ method: 'GET', key, signed: false }),
    bucket.send({ method: 'GET', query: 'list-type=2&max-keys=1', signed: false }),
  ]);
  if (object.ok || list.ok)
    return found(
      'failed',
      `Anybody can ${[object.ok && 'read objects', list.ok && 'list the bucket'].filter(Boolean).join(' and ')}.`,
      'Take public grants out of the policy and the ACL of the bucket, and block public access; sign what may be read.',
    );
  const status = await bucket.send({ method: 'GET', query: 'policyStatus=' });
  if (status.ok && /<IsPublic>true<\/IsPublic>/i.test(status.text))
    return found(
      'failed',
      'The policy of the bucket makes it public.',
      'Take the statement for everybody ("*") out of it.',
    );
  const block = await bucket.send({ method: 'GET', query: 'publicAccessBlock=' });
  const isBlocked = block.ok && (block.text.match(/>true</g) ?? []).length === 4;
  // Swift passes over what it does not know, and lists the bucket's objects.
  const isUnknown = isUnknownApi(block) || (block.ok && !block.text.includes('PublicAccessBlockConfiguration'));
  if (isBlocked || isUnknown) return found('ok', 'Strangers can neither read objects nor list the bucket.');
  return found(
    'warning',
    'Strangers have no access now, but nothing keeps a later policy or ACL from giving it.',
    'Turn all four settings of "Block public access" on for this bucket.',
  );
}
