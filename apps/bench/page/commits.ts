/** How often React has changed the page, by an uploader that counts it. */
export const commits = { count: 0 };
