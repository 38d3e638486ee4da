/** Neither paused nor over. */
export const UNDER_WAY = ['queued', 'preparing', 'resuming', 'uploading', 'retrying', 'offline', 'verifying'] as const;
