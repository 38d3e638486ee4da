import { type Bucket, isUnknownApi, said } from './bucket.ts';
import { type Finding, finder } from './finding.ts';
import { configuration, othersIn, textsOf } from './rules.ts';

const found = finder('lifecycle');
const ID = 'portage-abort-incomplete';

/** A day more than an upload may take by default, so that no upload is taken away that could still be resumed. */
const DAYS = 8;

const RULE =
  `<Rule><ID>${ID}</ID><Filter><Prefix></Prefix></Filter><Status>Enabled</Status>` +
  `<AbortIncompleteMultipartUpload><DaysAfterInitiation>${DAYS}</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule>`;

const SWEEP = 'call `uploads.abortStale()` once a day.';
const capitalised = (text: string) => text.replace(/^./, (first) => first.toUpperCase());

/**
 * Whether parts of uploads that nobody goes on with are removed: they cost money and show nowhere.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpu-abort-incomplete-mpu-lifecycle-config.html
 */
export async function checkLifecycle(bucket: Bucket, fix: boolean): Promise<Finding> {
  if (!bucket.profile.bucketRules.lifecycle)
    return found(
      'unknown',
      `A "${bucket.profile.name}" store has no lifecycle rules of S3's form, which could be looked at here.`,
      `If it removes incomplete uploads by a setting of its own, let it wait ${DAYS} days (MinIO's \`stale_uploads_expiry\` is 24 hours); if not, ${SWEEP}`,
    );
  const answer = await bucket.send({ method: 'GET', query: 'lifecycle=' });
  // Swift answers a list of the bucket's objects.
  if (isUnknownApi(answer) || (answer.ok && !answer.text.includes('<LifecycleConfiguration')))
    return found('unknown', 'The store has no API for lifecycle rules.', capitalised(SWEEP));
  if (!answer.ok && answer.code !== 'NoSuchLifecycleConfiguration')
    return found('unknown', `The rules cannot be read: ${said(answer)}.`, 'Allow s3:GetLifecycleConfiguration.');
  const days = textsOf(answer.ok ? answer.text : '', 'Rule').flatMap(daysOf);
  const [first] = days.sort((a, b) => a - b);
  if (first !== undefined) return judge(first);

  const missing = 'Parts of uploads that nobody goes on with stay for ever, and cost money.';
  if (!fix) return found('failed', missing, `Add a rule that aborts them after ${DAYS} days, or run this with --fix.`);
  const rules = [...othersIn(answer.ok ? answer.text : '', 'Rule', ID), RULE];
  const body = configuration('LifecycleConfiguration', rules);
  const put = await bucket.send({ method: 'PUT', query: 'lifecycle=', body });
  if (put.ok) return found('fixed', `Incomplete uploads are aborted after ${DAYS} days from now on.`);
  return found(
    'failed',
    `${missing} The rule was refused: ${said(put)}.`,
    `Allow s3:PutLifecycleConfiguration; or ${SWEEP}`,
  );
}

/** After how many days a rule aborts uploads anywhere in the bucket; none where it does not. */
function daysOf(rule: string): number[] {
  const days = Number(textsOf(rule, 'DaysAfterInitiation')[0]);
  const isEverywhere =
    textsOf(rule, 'Prefix').every((prefix) => prefix === '') && !/<(?:Tag|And|ObjectSize)/.test(rule);
  return rule.includes('<Status>Enabled</Status>') && isEverywhere && days > 0 ? [days] : [];
}

function judge(days: number): Finding {
  const message = `Incomplete uploads are aborted after ${days} ${days === 1 ? 'day' : 'days'}.`;
  if (days >= DAYS) return found('ok', message);
  const hint = `Uploads may be resumed for 7 days by default: make it ${DAYS} days, or \`uploadLifetime\` shorter.`;
  return found('warning', message, hint);
}
