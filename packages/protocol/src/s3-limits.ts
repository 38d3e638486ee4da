/**
 * The limits that S3 puts on multipart uploads.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
 */

const MiB = 1024 * 1024;
const GiB = 1024 * MiB;

/** Smallest part in bytes; only the last part of an upload may be smaller. */
export const MIN_PART_SIZE = 5 * MiB;

/** Largest part, and largest body of a single PUT, in bytes. */
export const MAX_PART_SIZE = 5 * GiB;

/** Most parts that one multipart upload may have. They are numbered from 1. */
export const MAX_PARTS = 10_000;

/** Longest object key, in bytes of UTF-8. */
export const MAX_KEY_BYTES = 1024;
