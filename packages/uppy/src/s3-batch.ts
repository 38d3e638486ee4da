/** One call of `signRequest` per part, so a batch is only as large as what can soon be sent. */
export const BATCH = 6;
