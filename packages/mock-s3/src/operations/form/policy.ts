import * as v from 'valibot';
import { S3Error } from '../../errors/s3-error.ts';

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

const text = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);

const PolicyShape = v.object({
  expiration: v.string(),
  conditions: v.array(
    v.union([
      v.tuple([
        v.pipe(v.string(), v.toLowerCase(), v.literal('content-length-range')),
        v.union([v.number(), v.string()]),
        v.union([v.number(), v.string()]),
      ]),
      v.tuple([
        v.pipe(v.string(), v.toLowerCase(), v.picklist(['eq', 'starts-with'])),
        v.pipe(v.string(), v.startsWith('$')),
        text,
      ]),
      v.pipe(
        v.custom<object>((condition) => !Array.isArray(condition)),
        v.record(v.string(), text),
        v.minEntries(1),
      ),
    ]),
  ),
});

/** One condition on a field of the form. */
interface FieldCondition {
  readonly kind: 'eq' | 'starts-with';
  /** Lower case. */
  readonly field: string;
  readonly value: string;
}

/** What a form may hold, as whoever signed it allows. */
export interface PostPolicy {
  /** Milliseconds since 1970. */
  readonly expiration: number;
  readonly conditions: readonly FieldCondition[];
  /** Bytes of the file. */
  readonly size: { readonly min: number; readonly max: number };
}

/**
 * Reads a policy.
 * @param policy - Base64.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 */
export function parsePolicy(policy: string): PostPolicy {
  const parsed = v.safeParse(PolicyShape, parseJson(Buffer.from(policy, 'base64').toString('utf8')));
  if (!parsed.success) throw invalidPolicy('Invalid Policy: Invalid JSON.');
  const { expiration, conditions } = parsed.output;
  const expires = ISO_TIME.test(expiration) ? Date.parse(expiration) : Number.NaN;
  if (Number.isNaN(expires)) throw invalidPolicy(`Invalid 'expiration' value: '${expiration}'`);
  const fields: FieldCondition[] = [];
  let size = { min: 0, max: Number.POSITIVE_INFINITY };
  for (const condition of conditions) {
    if (!Array.isArray(condition)) {
      for (const [field, value] of Object.entries(condition)) {
        fields.push({ kind: 'eq', field: field.toLowerCase(), value });
      }
    } else if (condition[0] === 'content-length-range') {
      const [min, max] = [Number(condition[1]), Number(condition[2])];
      if (Number.isNaN(min) || Number.isNaN(max)) throw invalidPolicy('Invalid Policy: Invalid content-length-range.');
      size = { min: Math.max(size.min, min), max: Math.min(size.max, max) };
    } else {
      const [kind, field, value] = condition;
      fields.push({ kind, field: String(field).slice(1).toLowerCase(), value: String(value) });
    }
  }
  return { expiration: expires, conditions: fields, size };
}

/** Fields that no condition needs to name. */
const FREE = /^(file|policy|signature|awsaccesskeyid|x-amz-signature|x-ignore-.*)$/;

/** Throws unless a form is one that the policy allows. @param bucket - Counts as a field, though forms do not send it. */
export function checkPolicy(
  policy: PostPolicy,
  form: ReadonlyMap<string, string>,
  bucket: string,
  { now, free = /^$/ }: { readonly now: number; readonly free?: RegExp },
): void {
  if (now > policy.expiration) throw denied('Policy expired.');
  const fields = new Map([...form, ['bucket', bucket]]);
  for (const { kind, field, value } of policy.conditions) {
    const actual = fields.get(field) ?? '';
    const holds = kind === 'eq' ? fields.has(field) && actual === value : actual.startsWith(value);
    if (!holds) throw denied(`Policy Condition failed: ["${kind}", "$${field}", "${value}"]`);
  }
  const named = new Set(policy.conditions.map(({ field }) => field));
  const extra = [...form.keys()].find((field) => !FREE.test(field) && !free.test(field) && !named.has(field));
  if (extra !== undefined) throw denied(`Extra input fields: ${extra}`);
}

function parseJson(document: string): unknown {
  try {
    return JSON.parse(document);
  } catch {
    throw invalidPolicy('Invalid Policy: Invalid JSON.');
  }
}

function invalidPolicy(message: string): S3Error {
  return new S3Error('InvalidPolicyDocument', { message });
}

function denied(reason: string): S3Error {
  return new S3Error('AccessDenied', { message: `Invalid according to Policy: ${reason}` });
}
