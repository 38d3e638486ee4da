/** Of the store that this benchmark uploads to. */
export const BUCKET = 'bench';
export const REGION = 'us-east-1';
/** Known to everybody: the store does not look. */
export const CREDENTIALS = {
  accessKeyId: 'BENCHBENCHBENCHBENCH',
  secretAccessKey: 'bench/bench/bench/bench/bench/bench/1234',
};
