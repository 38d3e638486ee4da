import type { RequestRecord } from './request-record.ts';

/** One request in a line, without times, ids and connections: `UploadPart uploads/a #3 try 2: 503 SlowDown (error)`. */
function line(record: RequestRecord): string {
  const { operation, bucket, key, partNumber, attempt, faults } = record;
  const thing = [bucket, key].filter((name) => name !== undefined).join('/');
  const part = partNumber === undefined ? '' : ` #${partNumber}`;
  const met = faults.length === 0 ? '' : ` (${faults.map(({ kind }) => kind).join(', ')})`;
  return `${operation} ${thing}${part} try ${attempt}: ${outcome(record)}${met}`;
}

function outcome(record: RequestRecord): string {
  switch (record.state) {
    case 'running':
      return 'running';
    case 'cut':
      return 'cut';
    case 'answered':
      return [record.status, record.errorCode].filter((word) => word !== undefined).join(' ');
  }
}

/** The journal in words that two runs of the same seed have in common, sorted: parallel requests come in any order. */
export function transcript(records: readonly RequestRecord[]): readonly string[] {
  return records.map(line).sort();
}
